package io.kuber.testkit.fault;

import io.kuber.testkit.check.WatchFilter;
import io.kuber.testkit.check.WatchSession;
import io.kuber.testkit.check.WatchSession.Bookmark;
import io.kuber.testkit.check.WatchSession.Event;
import io.kuber.testkit.check.WatchSession.Events;
import io.kuber.testkit.check.WatchSession.Kind;
import io.kuber.testkit.check.WatchSession.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the changes of a namespace, or of all, and writes down what it is shown. When its watch
 * ends, and every so many events, it goes on with another server where it has been.
 */
final class Watcher implements AutoCloseable {
  private static final int EVENTS_PER_SERVER = 150;
  private static final int POLL_MILLIS = 100;

  /** After so long without a word it tries another server, as clients with a timeout do. */
  private static final int MAX_SILENT_POLLS = 50;

  private final Servers servers;
  private final String name;
  private final String namespace;
  private final List<WatchSession> sessions = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long seen;
  private int opened;

  Watcher(Servers servers, String name, String namespace, long after) {
    this.servers = servers;
    this.name = name;
    this.namespace = namespace;
    this.seen = after;
    this.thread = new Thread(this::follow, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try {
      for (int turn = 0; !stopped; turn++) {
        List<Server> alive = servers.alive();
        if (alive.isEmpty() || !watch(alive.get(turn % alive.size()))) {
          Await.pass(Duration.ofMillis(POLL_MILLIS));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there was a watch. */
  private boolean watch(Server server) throws InterruptedException {
    if (!server.isReady()) {
      return false;
    }
    String id = name + "-" + opened++;
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    long after = seen;
    String state = server.watch(id, namespace, after, lines::add);
    if (state.equals("watching")) {
      List<Response> responses = new ArrayList<>();
      record(responses, lines);
      server.unwatch(id);
      String where = name + "@" + server.name();
      WatchFilter filter =
          namespace.equals("*") ? WatchFilter.ALL : WatchFilter.prefix(namespace + "/");
      synchronized (sessions) {
        sessions.add(new WatchSession(where, filter, after, responses));
      }
    } else if (state.equals("expired")) {
      relist(server);
    }
    return state.equals("watching");
  }

  /** What a client does on 410: it begins anew with what there is. */
  private void relist(Server server) {
    String read =
        server
            .ask("latest none/none")
            .completeOnTimeout("", 5, TimeUnit.SECONDS)
            .exceptionally(gone -> "")
            .join();
    if (read.startsWith("read ")) {
      seen = Math.max(seen, Long.parseLong(read.split(" ")[1]));
    }
  }

  private void record(List<Response> responses, BlockingQueue<String> lines)
      throws InterruptedException {
    int events = 0;
    int silent = 0;
    while (!stopped && events < EVENTS_PER_SERVER && silent < MAX_SILENT_POLLS) {
      String line = lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      silent = line == null ? silent + 1 : 0;
      if (line != null) {
        Response response = response(line);
        if (response == null) {
          return;
        }
        responses.add(response);
        if (response instanceof Events some) {
          events += some.events().size();
          seen = Math.max(seen, some.events().get(some.events().size() - 1).revision());
        } else if (response instanceof Bookmark bookmark) {
          seen = Math.max(seen, bookmark.revision());
        }
      }
    }
  }

  /** Null at the end of the watch. */
  private static @Nullable Response response(String line) {
    if (line.startsWith("B ")) {
      return new Bookmark(Long.parseLong(line.substring(2)));
    }
    if (!line.startsWith("W ")) {
      return null;
    }
    List<Event> events = new ArrayList<>();
    for (String event : line.substring(2).split(";")) {
      String[] words = event.split(" ");
      events.add(
          new Event(
              Kind.valueOf(words[2].toUpperCase(Locale.ROOT)),
              words[1],
              Long.parseLong(words[0]),
              words[3],
              words[4].equals("-") ? null : words[4]));
    }
    return new Events(events);
  }

  /** Waits until it has been shown all up to a revision. */
  void awaitSeen(long revision) {
    Await.until(
        name + " sees revision " + revision,
        Server.PATIENCE,
        () -> "it is at " + seen + ", " + servers.alive(),
        () -> seen >= revision);
  }

  /** Ends, and tells what it was shown. */
  List<WatchSession> sessions() {
    close();
    synchronized (sessions) {
      return List.copyOf(sessions);
    }
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(Server.PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
  }
}
