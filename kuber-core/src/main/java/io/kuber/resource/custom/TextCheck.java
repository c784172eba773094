package io.kuber.resource.custom;

import com.google.re2j.Pattern;

/** What a schema demands of a text. */
final class TextCheck {
  private TextCheck() {}

  /** Reports the first demand of length or pattern that a text does not meet, and its format. */
  static void check(String text, Limits limits, String path, Verdict verdict) {
    checkForm(text, limits, path, verdict);
    String format = limits.format();
    if (!format.isEmpty() && !Formats.isMetBy(text, format)) {
      verdict.wrongType(path, format, text);
    }
  }

  private static void checkForm(String text, Limits limits, String path, Verdict verdict) {
    long length = text.codePointCount(0, text.length());
    Long most = limits.maxLength();
    Long least = limits.minLength();
    Pattern pattern = limits.pattern();
    if (most != null && length > most) {
      verdict.tooLong(path, most);
    } else if (least != null && length < least) {
      verdict.invalid(path, text, "in body should be at least " + least + " chars long");
    } else if (pattern != null && !pattern.matcher(text).find()) {
      verdict.invalid(path, text, "in body should match '" + pattern.pattern() + "'");
    }
  }
}
