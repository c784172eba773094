package io.kuber.api;

/** Is told of each request once it is answered, on any thread; must be quick and must not throw. */
@FunctionalInterface
public interface Witness {
  /** Whom nothing is told, at no cost. */
  Witness NOBODY = answered -> {};

  /** A request has its answer. */
  void answered(Answered answered);
}
