package io.kuber.testkit.history;

import io.kuber.api.Answered;
import io.kuber.store.Key;
import java.time.Duration;
import java.time.Instant;

/**
 * A request that was answered.
 *
 * @param answered all that is known of it
 */
public record Request(long order, Answered answered) implements Entry {
  @Override
  public Instant at() {
    return answered.at().plus(answered.took());
  }

  /** Such as {@code get} or {@code patch}. */
  public String verb() {
    return answered.verb();
  }

  /** The plural with its group, such as {@code deployments.apps}; empty for other paths. */
  public String resource() {
    return answered.resource();
  }

  /** Empty for the object itself. */
  public String subresource() {
    return answered.subresource();
  }

  /** Empty for cluster scope, and for all namespaces. */
  public String namespace() {
    return answered.namespace();
  }

  /** Empty where the request was about many objects. */
  public String name() {
    return answered.name();
  }

  /** Where the object stands that it was about; without a name where it was about many. */
  public Key key() {
    return new Key(resource(), namespace(), name());
  }

  /** Who asked. */
  public String user() {
    return answered.user();
  }

  /** The program that asked, as it calls itself; empty where it does not. */
  public String agent() {
    return answered.agent();
  }

  /** The HTTP status code of the answer. */
  public int code() {
    return answered.code();
  }

  /** How long the client waited for its answer to begin. */
  public Duration took() {
    return answered.took();
  }

  /** Whether nothing was to be written. */
  public boolean isDryRun() {
    return answered.dryRun();
  }

  /** Whether it was refused, or failed. */
  public boolean isRefused() {
    return answered.isRefused();
  }

  /** Why it was refused; empty where it was not. */
  public String problem() {
    return answered.problem();
  }

  /** One line for people. */
  @Override
  public String toString() {
    String of = subresource().isEmpty() ? "" : "/" + subresource();
    String what = resource().isEmpty() ? name() : key() + of;
    String dry = isDryRun() ? " (dry run)" : "";
    String why = problem().isEmpty() ? "" : ": " + problem();
    return verb() + " " + what + dry + " by " + who() + " -> " + code() + why;
  }

  /** The user; behind it the program, where that says more. */
  private String who() {
    String program = agent().isEmpty() ? "" : agent().split("[/ ]", 2)[0];
    return program.isEmpty() || user().endsWith(program) ? user() : user() + " with " + program;
  }
}
