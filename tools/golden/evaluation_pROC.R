# DeLong's variances and covariances in pROC, and corrected p-values in R: packages/evaluation/test/golden/pROC.json.
#
# usage: Rscript tools/golden/evaluation_pROC.R > packages/evaluation/test/golden/pROC.json     (Debian r-cran-proc 1.18.0, r-cran-jsonlite)

suppressPackageStartupMessages(library(pROC))
set.seed(0)

curve <- function(labels, scores) roc(labels, scores, direction = "<", levels = c(0, 1), quiet = TRUE)
logit <- function(auc, variance, level) plogis(qlogis(auc) + c(-1, 1) * qnorm((1 + level) / 2) * sqrt(variance) / (auc * (1 - auc)))
delong <- function(name, labels, scores) {
  estimate <- curve(labels, scores)
  list(name = name, labels = labels, scores = scores, auc = as.numeric(auc(estimate)), variance = var(estimate, method = "delong"),
    logit90 = logit(auc(estimate), var(estimate, method = "delong"), 0.9))
}
drawn <- function(name, negatives, positives, shift, digits) {
  labels <- sample(rep(0:1, c(negatives, positives)))
  delong(name, labels, round(rnorm(length(labels)) + shift * labels, digits))
}

# The variance of a mean is the mean of the covariance matrix. Each seed sees the same patients: one part of a score is theirs, one the seed's.
seeds <- function(name, count, negatives, positives, shift, digits) {
  labels <- sample(rep(0:1, c(negatives, positives)))
  patients <- rnorm(length(labels)) + shift * labels
  scores <- replicate(count, round(patients + rnorm(length(labels)), digits))
  curves <- apply(scores, 2, function(column) curve(labels, column))
  covariance <- outer(seq_len(count), seq_len(count), Vectorize(function(i, j) {
    if (i == j) var(curves[[i]], method = "delong") else cov(curves[[i]], curves[[j]], method = "delong")
  }))
  list(name = name, labels = labels, scoresBySeed = t(scores), perSeed = sapply(curves, function(estimate) as.numeric(auc(estimate))), variance = mean(covariance))
}

p <- c(0.0091, 0.2, 0.04, 0.64, 0.04, 0.011, 1, 0, 0.5, 0.33, 0.07, 0.9, 0.02)
cat(jsonlite::toJSON(list(
  origin = sprintf("R %s.%s, pROC %s, tools/golden/evaluation_pROC.R", R.version$major, R.version$minor, packageVersion("pROC")),
  delong = list(
    delong("four cases", c(0, 0, 1, 1), c(0.1, 0.4, 0.35, 0.8)),
    drawn("12, three values", 5, 7, 0.5, 0),
    drawn("117, no ties to speak of", 56, 61, 0.5, 3),
    drawn("117, many ties", 56, 61, 0, 0),
    drawn("117, well apart", 56, 61, 2.5, 2),
    drawn("300, one in ten positive", 270, 30, 1, 1)
  ),
  seeds = list(
    seeds("two seeds of 20", 2, 10, 10, 1, 1),
    seeds("five seeds of 117", 5, 56, 61, 0.3, 2)
  ),
  pValues = list(given = p, bonferroni = p.adjust(p, "bonferroni"), holm = p.adjust(p, "holm"))
), auto_unbox = TRUE, digits = NA))
