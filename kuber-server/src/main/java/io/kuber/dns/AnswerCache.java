package io.kuber.dns;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What other resolvers have said, for as long as it holds. The same bytes get the same answer, but
 * for the identifier and the case of letters; queries that carry more than a plain EDNS record are
 * not remembered. Owned by the event loop.
 */
final class AnswerCache {
  /** The one that was asked for the longest ago goes first. */
  static final int MOST_ANSWERS = 4096;

  private static final int LARGEST_ANSWER = 4096;
  private static final int TYPE_AND_CLASS = 4;
  private static final int PLAIN_EXTENSION = 11;

  private final LongSupplier nanos;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(ByteBuffer query, boolean overTcp) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Entry(byte[] answer, ForeignTimes times, long since) {}

  /**
   * @param nanos a clock that only goes forward
   */
  AnswerCache(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The answer as if it had just come, with less time left. */
  Optional<byte[]> find(DnsQuestion question, byte[] query, boolean overTcp) {
    Key key = key(question, query, overTcp);
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    long age = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - entry.since);
    if (age >= entry.times.seconds()) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(aged(entry, (int) age, question));
  }

  private static byte[] aged(Entry entry, int age, DnsQuestion question) {
    ByteBuffer answer = ByteBuffer.wrap(entry.answer.clone());
    answer.putShort(0, (short) question.id());
    answer.put(DnsQuestion.HEADER_BYTES, question.wireName());
    entry.times.places().forEach(place -> answer.putInt(place, answer.getInt(place) - age));
    return answer.array();
  }

  /** Remembers an answer, if it is one to the query and may be remembered. */
  void keep(DnsQuestion question, byte[] query, boolean overTcp, byte[] answer) {
    int further = query.length - questionEnd(question);
    boolean isPlain = further == (question.extended() ? PLAIN_EXTENSION : 0);
    if (isPlain && answer.length <= LARGEST_ANSWER && isTo(question, query, answer)) {
      ForeignTimes.of(answer)
          .ifPresent(
              times -> {
                entries.put(
                    key(question, query, overTcp), new Entry(answer, times, nanos.getAsLong()));
                dropEldest();
              });
    }
  }

  private void dropEldest() {
    if (entries.size() > MOST_ANSWERS) {
      var eldest = entries.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private static int questionEnd(DnsQuestion question) {
    return DnsQuestion.HEADER_BYTES + question.wireName().length + TYPE_AND_CLASS;
  }

  /** Whether the answer repeats the question, in whatever case. */
  private static boolean isTo(DnsQuestion question, byte[] query, byte[] answer) {
    int end = questionEnd(question);
    if (answer.length < end) {
      return false;
    }
    for (int i = DnsQuestion.HEADER_BYTES; i < end; i++) {
      if (lower(answer[i]) != lower(query[i])) {
        return false;
      }
    }
    return true;
  }

  private static Key key(DnsQuestion question, byte[] query, boolean overTcp) {
    byte[] key = Resolvers.withId(query, 0);
    for (int i = 0; i < question.wireName().length; i++) {
      key[DnsQuestion.HEADER_BYTES + i] = lower(key[DnsQuestion.HEADER_BYTES + i]);
    }
    return new Key(ByteBuffer.wrap(key), overTcp);
  }

  private static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
  }
}
