package io.kuber.testkit.report;

/** How wide texts are, about: fonts differ, and the page asks nobody. Pure. */
final class Texts {
  private static final double CHARACTER = 7;

  private Texts() {}

  static double width(String text) {
    return text.length() * CHARACTER;
  }
}
