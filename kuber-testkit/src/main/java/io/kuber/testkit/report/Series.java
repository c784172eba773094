package io.kuber.testkit.report;

/**
 * Values over time.
 *
 * @param name in the legend
 * @param look the class of the page's style that draws it
 * @param at seconds, growing
 * @param values one for each; NaN where there is none
 */
record Series(String name, String look, double[] at, double[] values) {
  double most() {
    double most = 0;
    for (double value : values) {
      most = Double.isNaN(value) ? most : Math.max(most, value);
    }
    return most;
  }
}
