package io.kuber.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns a query's bytes into an answer's bytes, asking other resolvers where the zone does not
 * know. Runs on the event loop; only {@link #update} may be called elsewhere.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners are added; there is nothing to return to.
final class DnsResponder {
  /** Written by whoever updates, read by the event loop. */
  private volatile DnsZone zone;

  private final Forwarder others;
  private final ReadyAnswers ready = new ReadyAnswers();

  DnsResponder(DnsZone zone, Forwarder others) {
    this.zone = zone;
    this.others = others;
  }

  void update(DnsZone next) {
    zone = next;
  }

  /**
   * Answers a query, at once or later.
   *
   * @param answer takes the answer's bytes, once; what is no query at all gets no answer
   */
  void respond(byte[] query, boolean overTcp, Consumer<byte[]> answer) {
    boolean isQuery = query.length >= DnsQuestion.HEADER_BYTES && query[2] >= 0;
    if (!isQuery) {
      return; // To answer an answer could go on for ever.
    }
    DnsZone now = zone;
    Optional<byte[]> known = overTcp ? Optional.empty() : ready.find(now, query);
    if (known.isPresent()) {
      answer.accept(known.get());
      return;
    }
    DnsQuestion question;
    try {
      question = DnsQuestion.parse(query);
    } catch (IllegalArgumentException malformed) {
      int id = (query[0] & 0xff) << 8 | query[1] & 0xff;
      answer.accept(DnsWriter.refusal(id, DnsAnswer.Code.FORMAT_ERROR));
      return;
    }
    new Exchange(question, query, overTcp, answer).decide(now);
  }

  /** One question on its way to its answer. */
  private final class Exchange {
    private final DnsQuestion question;
    private final byte[] query;
    private final boolean overTcp;
    private final Consumer<byte[]> answer;

    Exchange(DnsQuestion question, byte[] query, boolean overTcp, Consumer<byte[]> answer) {
      this.question = question;
      this.query = query;
      this.overTcp = overTcp;
      this.answer = answer;
    }

    void decide(DnsZone zone) {
      if (!question.isPlainQuery()) {
        finish(DnsAnswer.empty(DnsAnswer.Code.NOT_IMPLEMENTED));
        return;
      }
      if (question.version() > 0) {
        finish(DnsAnswer.empty(DnsAnswer.Code.BAD_VERSION));
        return;
      }
      DnsReply reply = DnsAnswers.answer(zone, question);
      if (reply instanceof DnsReply.Known known) {
        byte[] written = write(known.answer());
        if (!overTcp && !known.answer().spreads()) {
          ready.keep(zone, query, written);
        }
        answer.accept(written);
      } else if (reply instanceof DnsReply.Onward onward) {
        goOn(onward, overTcp);
      } else {
        passOn();
      }
    }

    /** Another resolver's answer goes back as it is, however it looks. */
    private void passOn() {
      var asked = others.ask(question, query, overTcp);
      asked.addListener(
          done -> {
            if (asked.isSuccess()) {
              answer.accept(asked.getNow());
            } else {
              finish(DnsAnswer.empty(DnsAnswer.Code.SERVER_FAILURE));
            }
          });
    }

    /** What does not fit a datagram is asked for again, whole. */
    private void goOn(DnsReply.Onward onward, boolean whole) {
      byte[] next = DnsWriter.query(question.id(), onward.target(), question.type());
      var asked = others.ask(DnsQuestion.parse(next), next, whole);
      asked.addListener(
          done -> {
            if (!asked.isSuccess()) {
              finish(DnsAnswer.of(onward.aliases())); // The alias alone is still worth saying.
            } else if (ForeignAnswer.isCut(asked.getNow()) && !whole) {
              goOn(onward, true);
            } else {
              List<DnsRecord> records = new ArrayList<>(onward.aliases());
              records.addAll(ForeignAnswer.records(asked.getNow()));
              finish(DnsAnswer.of(records));
            }
          });
    }

    private void finish(DnsAnswer finished) {
      answer.accept(write(finished));
    }

    private byte[] write(DnsAnswer finished) {
      int mostBytes = overTcp ? DnsWriter.LONGEST_MESSAGE : question.mostBytes();
      return DnsWriter.answer(question, finished, mostBytes);
    }
  }
}
