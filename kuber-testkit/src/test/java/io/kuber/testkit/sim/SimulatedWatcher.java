package io.kuber.testkit.sim;

import io.kuber.api.ApiAnswer.Watching;
import io.kuber.api.ApiException;
import io.kuber.api.ApiRequest;
import io.kuber.api.ReadOptions;
import io.kuber.api.StatusReason;
import io.kuber.api.WatchStream;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Stored;
import io.kuber.testkit.check.WatchFilter;
import io.kuber.testkit.check.WatchSession;
import io.kuber.testkit.check.WatchSession.Bookmark;
import io.kuber.testkit.check.WatchSession.Event;
import io.kuber.testkit.check.WatchSession.Events;
import io.kuber.testkit.check.WatchSession.Kind;
import io.kuber.testkit.check.WatchSession.Response;
import io.kuber.watch.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the maps of one colour, or all, now on this server and now on that one, and polls at
 * random times. When its history is gone it begins anew, as clients do.
 */
final class SimulatedWatcher {
  private static final int PAUSE_MILLIS = 300;
  private static final int POLL = 10;

  private final String name;
  private final String color;
  private final List<Host> hosts;
  private final Loop loop;
  private final Entropy entropy;
  private final List<WatchSession> sessions = new ArrayList<>();
  private boolean calm;
  private boolean stopped;
  private long seen;
  private @Nullable Open open;

  private record Open(
      Host host, Host.Running server, WatchStream stream, long after, List<Response> responses) {}

  /** An empty colour is all. */
  SimulatedWatcher(String name, String color, List<Host> hosts, Loops loops) {
    this.name = name;
    this.color = color;
    this.hosts = hosts;
    this.loop = loops.loop(name);
    this.entropy = loops.entropy();
    pause();
  }

  /** From now on it stays where it is. */
  void calm() {
    calm = true;
  }

  /** The revision up to which it has been shown everything. */
  long seen() {
    return seen;
  }

  List<WatchSession> sessions() {
    stopped = true;
    end();
    return List.copyOf(sessions);
  }

  private void pause() {
    loop.schedule(Duration.ofMillis(1 + entropy.below(PAUSE_MILLIS)), this::next);
  }

  private void next() {
    if (stopped) {
      return;
    }
    Open now = open;
    if (now == null) {
      begin();
      return;
    }
    boolean moves = !calm && entropy.below(8) == 0;
    if (!now.server.equals(now.host.running()) || moves) {
      end();
    } else {
      poll(now);
    }
    pause();
  }

  private void begin() {
    Host host = hosts.get(entropy.below(hosts.size()));
    Host.Running server = host.running();
    if (server == null) {
      pause();
      return;
    }
    if (seen == 0) {
      relist(server);
      pause();
      return;
    }
    long after = seen;
    ReadOptions read =
        ReadOptions.selecting(color.isEmpty() ? "" : "color=" + color, "").at(Long.toString(after));
    ApiRequest watch =
        ApiRequest.of(Verb.WATCH, Resources.CONFIG_MAPS, Maps.NAMESPACE, "", Host.USER).with(read);
    server.died().thenRun(this::pauseUnlessOpen);
    server
        .api()
        .handle(watch)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                WatchStream stream = ((Watching) answer).stream();
                open = new Open(host, server, stream, after, new ArrayList<>());
              } else if (isExpired(failure)) {
                relist(server);
              }
              pause();
            });
  }

  private void pauseUnlessOpen() {
    if (open == null) {
      pause();
    }
  }

  private static boolean isExpired(Throwable failure) {
    return failure instanceof ApiException api && api.reason() == StatusReason.EXPIRED;
  }

  private void relist(Host.Running server) {
    seen = Math.max(seen, server.server().image().revision());
  }

  private void poll(Open now) {
    try {
      List<WatchStream.Event> polled = now.stream.poll(POLL);
      if (!polled.isEmpty()) {
        now.responses.add(new Events(polled.stream().map(SimulatedWatcher::event).toList()));
        seen = Math.max(seen, polled.get(polled.size() - 1).revision());
      } else {
        now.responses.add(new Bookmark(now.stream.revision()));
        seen = Math.max(seen, now.stream.revision());
      }
    } catch (ApiException expired) {
      end();
      relist(now.server);
    }
  }

  private static Event event(WatchStream.Event event) {
    Stored stored = event.stored();
    if (stored == null) {
      throw new IllegalStateException("nobody asked for " + event);
    }
    WatchEvent source = event.source();
    Stored before = source == null ? null : source.delta().before();
    return new Event(
        Kind.valueOf(event.type().name()),
        stored.key().name(),
        event.revision(),
        Maps.value(stored),
        before == null ? null : Maps.value(before));
  }

  private void end() {
    Open now = open;
    if (now != null) {
      open = null;
      now.stream.close();
      WatchFilter filter = (key, value) -> color.isEmpty() || Maps.color(value).equals(color);
      sessions.add(new WatchSession(name + "@" + now.host, filter, now.after, now.responses));
    }
  }
}
