# Bootstrap bands of ROC curves in pROC: packages/evaluation/test/golden/rocBand.json.
#
# usage: Rscript tools/golden/evaluation_roc_band.R > packages/evaluation/test/golden/rocBand.json     (Debian r-cran-proc 1.18.0, r-cran-jsonlite)

suppressPackageStartupMessages(library(pROC))
set.seed(0)

RESAMPLES <- 20000

# A band of one level, and those a little narrower and wider, between which another program's must lie: quantiles of discrete values cannot be compared.
band <- function(name, negatives, positives, shift, digits, specificities) {
  labels <- sample(rep(0:1, c(negatives, positives)))
  scores <- round(rnorm(length(labels)) + shift * labels, digits)
  curve <- roc(labels, scores, direction = "<", levels = c(0, 1), quiet = TRUE)
  at <- function(level) {
    ends <- ci.se(curve, specificities = specificities, conf.level = level, boot.n = RESAMPLES, boot.stratified = TRUE, progress = "none")
    list(level = level, low = signif(ends[, 1], 12), high = signif(ends[, 3], 12))
  }
  list(name = name, labels = labels, scores = scores, falsePositiveRate = round(1 - specificities, 10),
    truePositiveRate = coords(curve, specificities, input = "specificity", ret = "sensitivity", transpose = FALSE, as.matrix = TRUE)[, 1],
    narrower = at(0.94), wider = at(0.96))
}

cat(jsonlite::toJSON(list(
  origin = sprintf("R %s.%s, pROC %s, tools/golden/evaluation_roc_band.R", R.version$major, R.version$minor, packageVersion("pROC")),
  resamples = RESAMPLES,
  bands = list(
    band("117, no ties to speak of", 56, 61, 0.5, 3, c(1, 0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0)),
    band("70, many ties, at the steps themselves", 40, 30, 1, 0, c(1, 0.975, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0)),
    band("21, well apart", 12, 9, 1.5, 2, c(1, 0.95, 0.75, 0.5, 0.25, 0))
  )
), auto_unbox = TRUE, digits = NA))
