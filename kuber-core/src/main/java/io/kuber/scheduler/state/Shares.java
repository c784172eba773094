package io.kuber.scheduler.state;

import java.util.ArrayList;
import java.util.List;

/** How much a pod of one shape counts in which tallies. Kept by {@link Tallies}. */
final class Shares {
  /**
   * @param running what a pod counts
   * @param stopping what it counts once its deletion was asked for
   */
  record Share(Tally tally, int running, int stopping) {}

  final List<Share> list = new ArrayList<>();

  /** How many tallies were asked whether they count this shape. */
  int asked;

  /** When they were asked; see {@link Tallies}. */
  int epoch;
}
