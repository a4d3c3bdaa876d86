# Partial AUCs, DeLong's tests and covariances, power and detectable AUCs in pROC, false discovery rates in R: packages/evaluation/test/golden/comparisons.json.
#
# usage: Rscript tools/golden/evaluation_comparisons.R > packages/evaluation/test/golden/comparisons.json     (Debian r-cran-proc 1.18.0, r-cran-jsonlite)

suppressPackageStartupMessages(library(pROC))
set.seed(1)

curve <- function(labels, scores) roc(labels, scores, direction = "<", levels = c(0, 1), quiet = TRUE)
drawn <- function(negatives, positives, shift, digits) {
  labels <- sample(rep(0:1, c(negatives, positives)))
  list(labels = labels, scores = round(rnorm(length(labels)) + shift * labels, digits))
}

# Invalid corrections, of parts below guessing, are asked for too: the formula is the same.
partial <- function(name, case) {
  estimate <- curve(case$labels, case$scores)
  ranges <- list(c(0.9, 1), c(0.8, 1), c(0.25, 0.6), c(0, 0.1), c(0, 1), c(0.51, 0.52))
  parts <- do.call(c, lapply(c("specificity", "sensitivity"), function(focus) lapply(ranges, function(range) {
    area <- function(correct) as.numeric(auc(estimate, partial.auc = range, partial.auc.focus = focus, partial.auc.correct = correct, allow.invalid.partial.auc.correct = TRUE))
    list(focus = focus, range = range, area = area(FALSE), corrected = area(TRUE))
  })))
  c(list(name = name), case, list(parts = parts, delong90 = as.numeric(ci.auc(estimate, conf.level = 0.9))[c(1, 3)]))
}

paired <- function(name, negatives, positives, digits) {
  labels <- sample(rep(0:1, c(negatives, positives)))
  patients <- rnorm(length(labels)) + 0.4 * labels
  scores <- t(replicate(3, round(patients + rnorm(length(labels)), digits)))
  curves <- apply(scores, 1, function(row) curve(labels, row))
  covariance <- outer(1:3, 1:3, Vectorize(function(i, j) if (i == j) var(curves[[i]], method = "delong") else cov(curves[[i]], curves[[j]], method = "delong")))
  test <- roc.test(curves[[1]], curves[[2]], method = "delong", paired = TRUE, conf.level = 0.9)
  list(name = name, labels = labels, scores = scores, covariance = covariance, p = test$p.value, z = as.numeric(test$statistic), interval90 = as.numeric(test$conf.int))
}

unpaired <- function(name, first, second) {
  test <- roc.test(curve(first$labels, first$scores), curve(second$labels, second$scores), method = "delong", paired = FALSE)
  list(name = name, first = first, second = second, p = test$p.value, t = as.numeric(test$statistic), degrees = as.numeric(test$parameter))
}

studies <- list(c(61, 56, 0.6, 0.05), c(61, 56, 0.7, 0.05), c(30, 270, 0.65, 0.01), c(10, 10, 0.9, 0.05), c(500, 100, 0.55, 0.001))
p <- c(0.0091, 0.2, 0.04, 0.64, 0.04, 0.011, 1, 0, 0.5, 0.33, 0.07, 0.9, 0.02)
cat(jsonlite::toJSON(list(
  origin = sprintf("R %s.%s, pROC %s, tools/golden/evaluation_comparisons.R", R.version$major, R.version$minor, packageVersion("pROC")),
  partial = list(
    partial("117, no ties to speak of", drawn(56, 61, 0.5, 3)),
    partial("117, many ties", drawn(56, 61, 0.2, 0)),
    partial("40, one in four positive, upside down", drawn(30, 10, -0.5, 1))
  ),
  paired = list(paired("117, no ties to speak of", 56, 61, 3), paired("117, many ties", 56, 61, 0), paired("24", 10, 14, 2)),
  unpaired = list(unpaired("117 and 60", drawn(56, 61, 0.8, 2), drawn(20, 40, 0.1, 2)), unpaired("12 and 300, ties", drawn(6, 6, 0.5, 0), drawn(270, 30, 1, 0))),
  power = lapply(studies, function(s) {
    list(positives = s[1], negatives = s[2], auc = s[3], alpha = s[4], power = power.roc.test(ncases = s[1], ncontrols = s[2], auc = s[3], sig.level = s[4])$power,
      detectable = power.roc.test(ncases = s[1], ncontrols = s[2], power = 0.8, sig.level = s[4])$auc)
  }),
  pValues = list(given = p, benjaminiHochberg = p.adjust(p, "BH"))
), auto_unbox = TRUE, digits = NA))
