package io.kuber.api;

/**
 * How to write (meta/v1 CreateOptions, UpdateOptions, PatchOptions).
 *
 * @param dryRun do everything but write
 * @param fieldManager who is to own the fields; empty where nobody said
 * @param fieldValidation what to do about fields that nobody knows
 */
public record WriteOptions(boolean dryRun, String fieldManager, FieldValidation fieldValidation) {
  /** Write, and warn about unknown fields. */
  public static final WriteOptions DEFAULT = new WriteOptions(false, "", FieldValidation.WARN);

  /** What to do about fields that the kind does not have. */
  public enum FieldValidation {
    /** Drop them in silence. */
    IGNORE,
    /** Drop them and say so in a warning. */
    WARN,
    /** Refuse the request. */
    STRICT
  }

  /** These options without, or with, the write itself. */
  public WriteOptions withDryRun(boolean dry) {
    return new WriteOptions(dry, fieldManager, fieldValidation);
  }
}
