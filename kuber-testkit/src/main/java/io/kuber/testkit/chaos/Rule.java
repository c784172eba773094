package io.kuber.testkit.chaos;

import java.time.Duration;

/** A rule that is being told: which of some requests go wrong. {@link #then} puts it to work. */
public final class Rule {
  private final Faults faults;
  private final Requests requests;
  private final When when;

  Rule(Faults faults, Requests requests, When when) {
    this.faults = faults;
    this.requests = requests;
    this.when = when;
  }

  /** Only the one of that number, counted from one. */
  public Rule nth(int number) {
    return with(when.from(number).atMost(1));
  }

  /** Only the next one. */
  public Rule once() {
    return nth(1);
  }

  /** Only the next so many. */
  public Rule times(int number) {
    return with(when.atMost(number));
  }

  /** All but the first so many. */
  public Rule after(int number) {
    return with(when.from(number + 1));
  }

  /** From now on, for so long, on the clock of the cluster. */
  public Rule lasting(Duration time) {
    return with(when.lasting(time));
  }

  /** Some, drawn from the seed: a rate of 0.1 is every tenth on average. */
  public Rule drawn(double rate) {
    return with(when.drawn(rate));
  }

  /** This happens to them from now on, until the cluster is set back. */
  public Injection then(Fault fault) {
    return faults.inject(requests, when, fault);
  }

  private Rule with(When other) {
    return new Rule(faults, requests, other);
  }
}
