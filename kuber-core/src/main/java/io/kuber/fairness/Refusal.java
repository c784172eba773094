package io.kuber.fairness;

/** Why a request gets no seat; the words are those of the metrics upstream. */
public enum Refusal {
  /** The shortest of its flow's queues has no place left. */
  QUEUE_FULL("queue-full"),
  /** All seats are taken, and its level has no queues. */
  CONCURRENCY_LIMIT("concurrency-limit"),
  /** It has waited for as long as it may. */
  TIME_OUT("time-out"),
  /** Its client went away while it waited. */
  CANCELLED("cancelled");

  private final String word;

  Refusal(String word) {
    this.word = word;
  }

  /** The value of the label {@code reason}. */
  public String word() {
    return word;
  }
}
