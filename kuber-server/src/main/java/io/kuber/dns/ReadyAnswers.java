package io.kuber.dns;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the zone that were written before: the same question, byte for byte but for its
 * identifier, gets the same answer until the zone is exchanged. Owned by the event loop.
 */
final class ReadyAnswers {
  /** When there are so many, all of them go: who asks for ever new names gains nothing by them. */
  static final int MOST_ANSWERS = 4096;

  /** A question with the longest of names and EDNS is shorter. */
  private static final int LONGEST_QUERY = 300;

  private static final int ID_BYTES = 2;

  private final Map<ByteBuffer, byte[]> answers = new HashMap<>();
  private @Nullable DnsZone zone;

  /** The answer with the question's identifier, if there is one of this zone. */
  Optional<byte[]> find(DnsZone now, byte[] query) {
    if (zone != now) {
      answers.clear();
      zone = now;
      return Optional.empty();
    }
    byte[] ready = answers.get(question(query));
    if (ready == null) {
      return Optional.empty();
    }
    byte[] answer = ready.clone();
    answer[0] = query[0];
    answer[1] = query[1];
    return Optional.of(answer);
  }

  /** Remembers what a zone says to a question that came in a datagram. */
  void keep(DnsZone of, byte[] query, byte[] answer) {
    if (zone != of || query.length > LONGEST_QUERY) {
      return;
    }
    if (answers.size() >= MOST_ANSWERS) {
      answers.clear();
    }
    answers.put(question(query), answer);
  }

  private static ByteBuffer question(byte[] query) {
    return ByteBuffer.wrap(query, ID_BYTES, query.length - ID_BYTES);
  }
}
