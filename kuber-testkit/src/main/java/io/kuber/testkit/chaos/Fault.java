package io.kuber.testkit.chaos;

import io.kuber.api.StatusReason;
import java.time.Duration;

/** What goes wrong. Those of watches happen to single events, all others to single requests. */
public sealed interface Fault {
  /** 409: somebody else was faster. */
  static Refused conflict() {
    return refused(
        StatusReason.CONFLICT,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** 410: what was asked for is too old. */
  static Refused expired() {
    return refused(StatusReason.EXPIRED, "The resourceVersion for the provided watch is too old.");
  }

  /** 429, with the time after which the client may come back. */
  static Refused tooManyRequests(Duration retryAfter) {
    return new Refused(
        StatusReason.TOO_MANY_REQUESTS,
        "too many requests, please try again later",
        retryAfter,
        false);
  }

  /** 500. */
  static Refused serverError() {
    return refused(StatusReason.INTERNAL_ERROR, "Internal error occurred: a fault was injected");
  }

  /** 503, as from a server that has no leader. */
  static Refused unavailable() {
    return refused(
        StatusReason.SERVICE_UNAVAILABLE, "the server is currently unable to handle the request");
  }

  /** 504. */
  static Refused timeout() {
    return refused(
        StatusReason.TIMEOUT, "Timeout: request did not complete within the allotted timeout");
  }

  /** Any other refusal. */
  static Refused refused(StatusReason reason, String message) {
    return new Refused(reason, message, Duration.ZERO, false);
  }

  /** The connection breaks before the request has reached anybody. */
  static Dropped dropped() {
    return new Dropped(false);
  }

  /** There is never an answer: the client has to give up by itself. */
  static Fault unanswered() {
    return new Unanswered();
  }

  /** The request takes so much longer. */
  static Fault slow(Duration time) {
    return new Slow(time);
  }

  /** An event of a watch arrives so much later, and with it those behind it. */
  static Fault slowEvent(Duration time) {
    return new SlowEvent(time);
  }

  /** An event of a watch never arrives. */
  static Fault lostEvent() {
    return new LostEvent();
  }

  /** An event of a watch arrives twice. */
  static Fault doubledEvent() {
    return new DoubledEvent();
  }

  /** A bookmark of a watch never arrives. */
  static Fault lostBookmark() {
    return new LostBookmark();
  }

  /** The watch ends in place of an event, as when its time is over. */
  static Fault watchClosed() {
    return new WatchClosed();
  }

  /** The watch ends with 410 in place of an event, as when it had fallen behind. */
  static Fault watchExpired() {
    return new WatchExpired();
  }

  /** What of the traffic it happens to. */
  Target target();

  /** Parts of the traffic. */
  enum Target {
    /** A request and its answer. */
    REQUEST,
    /** One event of a watch. */
    EVENT,
    /** One bookmark of a watch. */
    BOOKMARK
  }

  /** Something that happens to a request. */
  sealed interface OfRequest extends Fault {
    @Override
    default Target target() {
      return Target.REQUEST;
    }
  }

  /** Something that happens to an event. */
  sealed interface OfEvent extends Fault {
    @Override
    default Target target() {
      return Target.EVENT;
    }
  }

  /**
   * A Status that says Failure.
   *
   * @param retryAfter rounded up to seconds; zero for none
   * @param written whether the write has taken effect all the same
   */
  record Refused(StatusReason reason, String message, Duration retryAfter, boolean written)
      implements OfRequest {
    /** Checks the time. */
    public Refused {
      Faults.checkNotNegative(retryAfter);
    }

    /** The same in place of the answer to a write that has taken effect. */
    public Refused afterTheWrite() {
      return new Refused(reason, message, retryAfter, true);
    }
  }

  /**
   * A connection that breaks.
   *
   * @param written whether the write has taken effect before
   */
  record Dropped(boolean written) implements OfRequest {
    /** The same once the write has taken effect, in place of its answer. */
    public Dropped afterTheWrite() {
      return new Dropped(true);
    }
  }

  /** See {@link #unanswered}. */
  record Unanswered() implements OfRequest {}

  /** See {@link #slow}. */
  record Slow(Duration time) implements OfRequest {
    /** Checks the time. */
    public Slow {
      Faults.checkNotNegative(time);
    }
  }

  /** See {@link #slowEvent}. */
  record SlowEvent(Duration time) implements OfEvent {
    /** Checks the time. */
    public SlowEvent {
      Faults.checkNotNegative(time);
    }
  }

  /** See {@link #lostEvent}. */
  record LostEvent() implements OfEvent {}

  /** See {@link #doubledEvent}. */
  record DoubledEvent() implements OfEvent {}

  /** See {@link #watchClosed}. */
  record WatchClosed() implements OfEvent {}

  /** See {@link #watchExpired}. */
  record WatchExpired() implements OfEvent {}

  /** See {@link #lostBookmark}. */
  record LostBookmark() implements Fault {
    @Override
    public Target target() {
      return Target.BOOKMARK;
    }
  }
}
