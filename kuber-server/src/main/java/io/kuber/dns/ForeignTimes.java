package io.kuber.dns;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long another resolver's answer holds, and where in it that is said: pure.
 *
 * @param seconds until the first of its records has to be asked for again
 * @param places of the times that its records have
 */
record ForeignTimes(int seconds, List<Integer> places) {
  /** Nothing is believed for longer, as installers of Kubernetes set CoreDNS up. */
  private static final int MOST_SECONDS = 30;

  private static final int MOST_RECORDS = 256;
  private static final int CODE = 0xf;
  private static final int POINTER = 0xc0;

  ForeignTimes {
    places = List.copyOf(places);
  }

  /**
   * Reads an answer; empty for one that nobody may remember: it is broken, cut short, a failure, or
   * says "no" without saying for how long (RFC 2308).
   */
  static Optional<ForeignTimes> of(byte[] message) {
    try {
      return new Reading(ByteBuffer.wrap(message)).times();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class Reading {
    private final ByteBuffer in;
    private final List<Integer> places = new ArrayList<>();
    private long shortest = MOST_SECONDS;
    private boolean saysForHowLong;

    Reading(ByteBuffer in) {
      this.in = in;
    }

    Optional<ForeignTimes> times() {
      int flags = in.getShort(2) & 0xffff;
      int code = flags & CODE;
      int answers = in.getShort(6) & 0xffff;
      int records = answers + (in.getShort(8) & 0xffff) + (in.getShort(10) & 0xffff);
      boolean isNo = code == DnsAnswer.Code.NO_SUCH_NAME.number();
      boolean isWhole = (flags & DnsWriter.FLAG_TRUNCATED) == 0 && in.getShort(4) == 1;
      if (!isWhole || !(code == 0 || isNo) || records > MOST_RECORDS) {
        return Optional.empty();
      }
      in.position(DnsQuestion.HEADER_BYTES);
      skipName();
      in.getInt();
      for (int i = 0; i < records; i++) {
        readRecord(i >= answers);
      }
      boolean isNegative = isNo || answers == 0;
      return shortest <= 0 || (isNegative && !saysForHowLong)
          ? Optional.empty()
          : Optional.of(new ForeignTimes((int) shortest, places));
    }

    private void readRecord(boolean behindAnswers) {
      skipName();
      int type = in.getShort() & 0xffff;
      in.getShort();
      int place = in.position();
      int seconds = in.getInt();
      int end = (in.getShort() & 0xffff) + in.position();
      if (type != DnsType.OPT) {
        places.add(place);
        shortest = Math.min(shortest, seconds);
      }
      if (type == DnsType.SOA && behindAnswers) {
        saysForHowLong = true;
        shortest = Math.min(shortest, in.getInt(end - Integer.BYTES));
      }
      in.position(end);
    }

    private void skipName() {
      int length = in.get() & 0xff;
      while (length != 0 && length < POINTER) {
        in.position(in.position() + length);
        length = in.get() & 0xff;
      }
      if (length != 0) {
        in.get();
      }
    }
  }
}
