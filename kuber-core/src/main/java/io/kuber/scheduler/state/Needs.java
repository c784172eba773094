package io.kuber.scheduler.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The tallies that pods of one shape are decided by. Kept by {@link Tallies}, read by the rules.
 */
public final class Needs {
  /** A preference, and where the pods are that it means. */
  public record Preference(Tally tally, long weight) {}

  /**
   * A spread rule, and where the pods are that it spreads.
   *
   * @param countsItself whether the pod is one of them
   */
  public record Spread(SpreadRule rule, Tally tally, boolean countsItself) {}

  final List<Tally> affinity = new ArrayList<>(0);
  final List<Tally> antiAffinity = new ArrayList<>(0);
  final List<Preference> preferences = new ArrayList<>(0);
  final List<Spread> hard = new ArrayList<>(0);
  final List<Spread> soft = new ArrayList<>(0);
  List<SpreadRule> softRules = List.of();

  /** Carried by pods that keep others away, and this shape is among the others. */
  final List<Tally> repelling = new ArrayList<>(0);

  /** Carried by pods that would rather have this shape near them, or far. */
  final List<Tally> attracting = new ArrayList<>(0);

  /** How many carried terms were asked whether they mean this shape, and when. */
  int asked;

  int epoch;

  /** For each term of its affinity, where the pods are that all terms mean. */
  public List<Tally> affinity() {
    return affinity;
  }

  /** For each term against others, where the pods are that it means. */
  public List<Tally> antiAffinity() {
    return antiAffinity;
  }

  /** Its preferences. */
  public List<Preference> preferences() {
    return preferences;
  }

  /** Its spread rules that must be kept. */
  public List<Spread> hard() {
    return hard;
  }

  /** Its spread rules that make a node better or worse, those by default as well. */
  public List<Spread> soft() {
    return soft;
  }

  /** Where the pods are that keep it away. */
  public List<Tally> repelling() {
    return repelling;
  }

  /** Where the pods are that want it near, or far; by their weights. */
  public List<Tally> attracting() {
    return attracting;
  }
}
