package io.kuber.testkit.check;

import io.kuber.testkit.check.Request.Delete;
import io.kuber.testkit.check.Request.Get;
import io.kuber.testkit.check.Request.Put;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes histories that are right by construction: every call takes effect on one map at one moment
 * between its start and its end. Clients of the same seed do the same.
 */
final class RightHistories {
  private static final int CLIENTS = 5;
  private static final int KEYS = 3;

  private final Random random;
  private final Map<String, Answer.Read> store = new HashMap<>();
  private final ChangeLog truth = new ChangeLog();
  private final List<Call> calls = new ArrayList<>();
  private long revision;
  private long now;
  private int values;

  private RightHistories(long seed) {
    random = new Random(seed);
  }

  /** What clients saw, and what happened. */
  record History(List<Call> calls, ChangeLog truth) {}

  private static final class Client {
    @Nullable Request request;
    @Nullable Answer answer;
    long start;
  }

  static History of(long seed, int steps) {
    RightHistories made = new RightHistories(seed);
    made.run(steps);
    return new History(made.calls, made.truth);
  }

  private void run(int steps) {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client());
    }
    for (int i = 0; i < steps; i++) {
      int number = random.nextInt(CLIENTS);
      step("client " + number, clients.get(number));
    }
    for (Client client : clients) {
      if (client.request != null) {
        Answer unheard = new Answer.Unknown("the history ended");
        calls.add(new Call("client", client.request, unheard, client.start, Call.NEVER));
      }
    }
  }

  private void step(String name, Client client) {
    now++;
    if (client.request == null) {
      client.request = request();
      client.start = now;
    } else if (client.answer == null) {
      client.answer = answer(client.request);
    } else {
      boolean lost = random.nextInt(20) == 0 && client.request instanceof Request.Write;
      Answer heard = lost ? new Answer.Unknown("lost") : client.answer;
      calls.add(new Call(name, client.request, heard, client.start, lost ? Call.NEVER : now));
      client.request = null;
      client.answer = null;
    }
  }

  private Request request() {
    String key = "pods/" + random.nextInt(KEYS);
    Answer.Read current = store.get(key);
    long expected = current == null ? Request.ABSENT : current.revision();
    if (random.nextInt(5) == 0) {
      expected = random.nextBoolean() ? Request.ABSENT : random.nextInt(20) + 1;
    }
    return switch (random.nextInt(5)) {
      case 0 -> new Delete(key, random.nextBoolean() ? Request.ANY : expected);
      case 1, 2 -> new Get(key);
      default -> new Put(key, expected, "v" + values++);
    };
  }

  private Answer answer(Request request) {
    Answer.Read current = store.get(request.key());
    if (!(request instanceof Request.Write write)) {
      return current == null
          ? new Answer.Read(Request.ABSENT, "", revision)
          : new Answer.Read(current.revision(), current.value(), revision);
    }
    long at = current == null ? Request.ABSENT : current.revision();
    boolean removesNothing = write instanceof Delete && current == null;
    if (removesNothing || (write.expected() != Request.ANY && write.expected() != at)) {
      return new Answer.Refused(random.nextBoolean() && !removesNothing ? at : Answer.UNTOLD);
    }
    revision++;
    if (write instanceof Put put) {
      store.put(put.key(), new Answer.Read(revision, put.value(), revision));
      truth.add("the store", new Change(revision, put.key(), false, put.value()));
    } else {
      store.remove(write.key());
      truth.add("the store", new Change(revision, write.key(), true, ""));
    }
    return new Answer.Written(random.nextInt(10) == 0 ? Answer.UNTOLD : revision);
  }
}
