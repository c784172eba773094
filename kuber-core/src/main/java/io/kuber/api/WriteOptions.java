package io.kuber.api;

import org.jspecify.annotations.Nullable;

/**
 * How to write (meta/v1 CreateOptions, UpdateOptions, PatchOptions).
 *
 * @param dryRun do everything but write
 * @param fieldManager who is to own the fields; empty where nobody said
 * @param program that owns them then: what a client calls itself; empty where that is unknown too
 * @param fieldValidation what to do about fields that nobody knows
 * @param force whether an apply takes fields from others; null where nobody said
 */
public record WriteOptions(
    boolean dryRun,
    String fieldManager,
    String program,
    FieldValidation fieldValidation,
    @Nullable Boolean force) {
  /** Write, and warn about unknown fields. */
  public static final WriteOptions DEFAULT =
      new WriteOptions(false, "", "", FieldValidation.WARN, null);

  /** What to do about fields that the kind does not have. */
  public enum FieldValidation {
    /** Drop them in silence. */
    IGNORE,
    /** Drop them and say so in a warning. */
    WARN,
    /** Refuse the request. */
    STRICT
  }

  /** The name under which the writer owns fields; empty where nothing is known. */
  String manager() {
    return fieldManager.isEmpty() ? program : fieldManager;
  }

  /** Whether an apply takes fields from others. */
  boolean isForced() {
    return Boolean.TRUE.equals(force);
  }

  /** These options without, or with, the write itself. */
  public WriteOptions withDryRun(boolean dry) {
    return new WriteOptions(dry, fieldManager, program, fieldValidation, force);
  }

  /** These options with another owner of the fields. */
  public WriteOptions by(String manager) {
    return new WriteOptions(dryRun, manager, program, fieldValidation, force);
  }

  /** These options with another treatment of unknown fields. */
  public WriteOptions with(FieldValidation validation) {
    return new WriteOptions(dryRun, fieldManager, program, validation, force);
  }

  /** These options for an apply that takes fields from others, or does not. */
  public WriteOptions forcing(boolean forced) {
    return new WriteOptions(dryRun, fieldManager, program, fieldValidation, forced);
  }
}
