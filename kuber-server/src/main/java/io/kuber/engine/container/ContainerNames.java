package io.kuber.engine.container;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** Names for containers whose owners give them none, such as {@code calm_noether}; pure. */
final class ContainerNames {
  private static final List<String> ADJECTIVES =
      List.of(
          "amber", "bold", "brave", "bright", "calm", "clever", "eager", "fair", "fine", "fond",
          "gentle", "glad", "grand", "happy", "humble", "jolly", "keen", "kind", "lively", "lucid",
          "merry", "neat", "noble", "patient", "proud", "quick", "quiet", "steady", "sunny",
          "tender", "vivid", "wise");
  private static final List<String> SURNAMES =
      List.of(
          "abel",
          "babbage",
          "banach",
          "boole",
          "cantor",
          "curie",
          "darwin",
          "dijkstra",
          "euler",
          "faraday",
          "fermat",
          "fermi",
          "galois",
          "gauss",
          "hamilton",
          "hilbert",
          "hopper",
          "hypatia",
          "kepler",
          "knuth",
          "lamport",
          "leibniz",
          "liskov",
          "lovelace",
          "maxwell",
          "meitner",
          "newton",
          "noether",
          "pascal",
          "ritchie",
          "shannon",
          "turing");
  private static final int ATTEMPTS = 16;

  private ContainerNames() {}

  /**
   * A name that nobody has.
   *
   * @param random a number from 0 to below the one given
   */
  static String choose(IntUnaryOperator random, Predicate<String> taken) {
    String name = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      name = pick(ADJECTIVES, random) + "_" + pick(SURNAMES, random);
      if (!taken.test(name)) {
        return name;
      }
    }
    int number = 1;
    while (taken.test(name + number)) {
      number++;
    }
    return name + number;
  }

  private static String pick(List<String> words, IntUnaryOperator random) {
    return words.get(random.applyAsInt(words.size()));
  }
}
