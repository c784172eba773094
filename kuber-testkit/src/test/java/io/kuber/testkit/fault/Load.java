package io.kuber.testkit.fault;

import io.kuber.testkit.check.Answer;
import io.kuber.testkit.check.CallRecorder;
import io.kuber.testkit.check.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that read and write a few keys and write down what they hear. A client stays with one
 * server until that does not answer, and goes on with the next.
 */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 5;
  private static final int KEYS = 12;
  private static final int PAUSE_MILLIS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Servers servers;
  private final String namespace;
  private final CallRecorder recorder;
  private final List<Thread> clients = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger values = new AtomicInteger();

  /** Starts clients on keys of a namespace of their own. */
  Load(Servers servers, String namespace) {
    this.servers = servers;
    this.namespace = namespace;
    this.recorder = servers.recorder();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      Thread client = new Thread(() -> work(number), "client " + namespace + " " + i);
      client.setDaemon(true);
      client.start();
      clients.add(client);
    }
  }

  private void work(int number) {
    Random random = new Random(number);
    Map<String, Long> revisions = new HashMap<>();
    int turn = number;
    try {
      while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        List<Server> alive = servers.alive();
        if (!alive.isEmpty()) {
          Server server = alive.get(turn % alive.size());
          turn += ask(server, "client-" + number, next(random, revisions), revisions) ? 0 : 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Request next(Random random, Map<String, Long> revisions) {
    String key = namespace + "/" + random.nextInt(KEYS);
    long expected = revisions.getOrDefault(key, Request.ABSENT);
    int dice = random.nextInt(10);
    if (dice < 3) {
      return new Request.Get(key);
    }
    return dice == 3 && expected != Request.ABSENT
        ? new Request.Delete(key, expected)
        : new Request.Put(key, expected, namespace + "-" + values.incrementAndGet());
  }

  /** Whether the server answered. */
  private boolean ask(Server server, String client, Request request, Map<String, Long> revisions)
      throws InterruptedException {
    if (!server.isReady()) {
      return false;
    }
    long call = recorder.begin(client + "@" + server.name(), request);
    String text;
    try {
      text = server.ask(words(request)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      text = e instanceof TimeoutException ? "unknown silent" : "unknown ended";
    }
    Answer answer = answer(text);
    recorder.end(call, answer);
    learn(request, answer, text, revisions);
    return !(answer instanceof Answer.Unknown || answer instanceof Answer.Failed);
  }

  private void learn(Request request, Answer answer, String text, Map<String, Long> revisions) {
    if (answer instanceof Answer.Written done) {
      written.incrementAndGet();
      boolean gone = request instanceof Request.Delete;
      revisions.put(request.key(), gone ? Request.ABSENT : done.revision());
    } else if (answer instanceof Answer.Refused) {
      revisions.put(request.key(), Long.parseLong(text.split(" ")[1]));
    } else if (answer instanceof Answer.Read read) {
      revisions.put(request.key(), read.revision());
    }
  }

  static String words(Request request) {
    if (request instanceof Request.Put put) {
      return "put " + put.key() + " " + put.expected() + " " + put.value();
    }
    return request instanceof Request.Delete delete
        ? "delete " + delete.key() + " " + delete.expected()
        : "latest " + request.key();
  }

  static Answer answer(String text) {
    String[] words = text.split(" ");
    return switch (words[0]) {
      case "written" -> new Answer.Written(Long.parseLong(words[1]));
      // A conflict is certain, but the state that it names is what that server knows.
      case "conflict" -> new Answer.Refused(Answer.UNTOLD);
      case "read" -> {
        long revision = Long.parseLong(words[2]);
        String value = revision == Request.ABSENT ? "" : words[3];
        yield new Answer.Read(revision, value, Long.parseLong(words[1]));
      }
      case "failed" -> new Answer.Failed(text);
      default -> new Answer.Unknown(text);
    };
  }

  /** Reads every key once more, on every server. */
  void readAll() {
    for (Server server : servers.alive()) {
      for (int i = 0; i < KEYS; i++) {
        Request.Get get = new Request.Get(namespace + "/" + i);
        long call = recorder.begin("last@" + server.name(), get);
        recorder.end(call, answer(server.answer(words(get))));
      }
    }
  }

  /** Writes that were acknowledged so far. */
  int written() {
    return written.get();
  }

  /** Waits until so many more writes are acknowledged. */
  void awaitWrites(int more) {
    awaitWrites(more, () -> {});
  }

  /** The same; {@code help} is run again and again. */
  void awaitWrites(int more, Runnable help) {
    int goal = written() + more;
    Await.until(
        more + " more writes",
        Server.PATIENCE,
        () -> written() + " of " + goal + ", " + servers.alive(),
        () -> {
          help.run();
          return written() >= goal;
        });
  }

  /** Lets all clients end what they are doing. */
  void stop() {
    stop.countDown();
    try {
      for (Thread client : clients) {
        client.join(Server.PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
