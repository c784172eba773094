package io.kuber.cel;

/** What expressions may cost (apiserver, pkg/apis/cel/config.go and apiextensions validation). */
public final class CelLimits {
  /** One evaluation; about a tenth of a second. */
  public static final long PER_CALL = 1_000_000;

  /** All rules on one object; about a second. */
  public static final long PER_OBJECT = 10_000_000;

  /** All match conditions of one webhook or policy. */
  public static final long MATCH_CONDITIONS = 2_500_000;

  /** What one rule may be estimated to cost, for as often as it can apply. */
  public static final long ESTIMATED_RULE = 10_000_000;

  /** What all rules of a schema may be estimated to cost. */
  public static final long ESTIMATED_SCHEMA = 100_000_000;

  /** How long an evaluated message may be. */
  public static final int MESSAGE_LENGTH = 5 * 1024;

  /** The largest request there is: it bounds what schemas leave open. */
  static final long REQUEST_BYTES = 3 * 1024 * 1024;

  private CelLimits() {}
}
