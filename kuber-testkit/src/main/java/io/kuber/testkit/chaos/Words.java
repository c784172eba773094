package io.kuber.testkit.chaos;

import io.kuber.testkit.chaos.Fault.DoubledEvent;
import io.kuber.testkit.chaos.Fault.Dropped;
import io.kuber.testkit.chaos.Fault.LostBookmark;
import io.kuber.testkit.chaos.Fault.LostEvent;
import io.kuber.testkit.chaos.Fault.Refused;
import io.kuber.testkit.chaos.Fault.Slow;
import io.kuber.testkit.chaos.Fault.SlowEvent;
import io.kuber.testkit.chaos.Fault.Unanswered;
import io.kuber.testkit.chaos.Fault.WatchClosed;
import io.kuber.testkit.chaos.Fault.WatchExpired;
import java.time.Duration;

/** Faults that have struck, in words for people. Pure. */
final class Words {
  private static final String WRITTEN = " after the write";

  private Words() {}

  /** Such as {@code update deployments.apps/shop/web by kubectl: 409 Conflict}. */
  static String of(Fault fault, Asked asked) {
    String part = asked.subresource().isEmpty() ? "" : "/" + asked.subresource();
    String namespace = asked.namespace().isEmpty() ? "" : "/" + asked.namespace();
    String name = asked.name().isEmpty() ? "" : "/" + asked.name();
    return "%s %s%s%s%s%s: %s"
        .formatted(
            asked.verb(),
            asked.qualifiedResource(),
            namespace,
            name,
            part,
            who(asked),
            what(fault));
  }

  /** The program without its version, as it calls itself. */
  private static String who(Asked asked) {
    String program = asked.agent().split("[/ ]", 2)[0];
    return program.isEmpty() ? "" : " by " + program;
  }

  private static String what(Fault fault) {
    if (fault instanceof Refused refused) {
      return refused.reason().code()
          + " "
          + refused.reason().text()
          + (refused.written() ? WRITTEN : "");
    } else if (fault instanceof Dropped dropped) {
      return "connection dropped" + (dropped.written() ? WRITTEN : "");
    } else if (fault instanceof Slow slow) {
      return "held back for " + text(slow.time());
    } else if (fault instanceof SlowEvent slow) {
      return "event held back for " + text(slow.time());
    } else if (fault instanceof Unanswered) {
      return "never answered";
    } else if (fault instanceof LostEvent) {
      return "event lost";
    } else if (fault instanceof DoubledEvent) {
      return "event sent twice";
    } else if (fault instanceof LostBookmark) {
      return "bookmark lost";
    } else if (fault instanceof WatchClosed) {
      return "watch closed";
    } else if (fault instanceof WatchExpired) {
      return "watch ended with 410";
    }
    throw new IllegalStateException("no words for " + fault);
  }

  private static String text(Duration time) {
    return time.toMillis() / 1e3 + " s";
  }
}
