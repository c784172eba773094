package io.kuber.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Throwables;
import io.kuber.loop.Loop;
import io.kuber.raft.LogLimits;
import io.kuber.raft.Member;
import io.kuber.raft.MemberStatus;
import io.kuber.raft.Peering;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.store.Command;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import io.kuber.watch.Watch;
import io.kuber.watch.WatchEvent;
import io.kuber.watch.WatchExpiredException;
import io.kuber.watch.WatchHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One server of a test: opens a store and does what lines on its standard input say. A line is a
 * number, a verb and its words; the answer is a line {@code = number words}. Changes and events
 * come as lines of their own, before the answers that follow from them. Ends with its input.
 */
public final class StoreProcess {
  private static final String RESOURCE = "pods";
  private static final int POLL = 100;
  private static final int FAULT_STATUS = 3;
  private static final int HISTORY = 20_000;
  private static final int SEGMENT_BYTES = 256 << 10;

  private final RaftStore store;
  private final WatchHub hub;
  private final Loop watching;
  private final Map<String, Watch> watches = new ConcurrentHashMap<>();
  private final String padding;

  private final JumpingClock clock;

  private StoreProcess(RaftStore store, JumpingClock clock, int padding) {
    this.store = store;
    this.clock = clock;
    this.watching = clock.loop("watches");
    this.padding = " " + "x".repeat(padding);
    this.hub = WatchHub.of(store, HISTORY);
  }

  /**
   * Arguments: directory, name, address for peers, file with keys, bytes between snapshots, bytes
   * that pad each value, seconds until it has to be ready, group to join or {@code -}, entries that
   * stay in the log below a snapshot.
   */
  public static void main(String[] args) throws Exception {
    Peering alone = Peering.of(args[1], args[2], args[2], PeerKeys.read(Path.of(args[3])));
    Peering peering = args[7].equals("-") ? alone : alone.joining(UUID.fromString(args[7]));
    RaftConfig config =
        RaftConfig.of(Path.of(args[0]), StoreProcess::fatal)
            .withPeering(peering)
            .withSnapshotAfterBytes(Long.parseLong(args[4]))
            .withLogLimits(new LogLimits(SEGMENT_BYTES, Integer.parseInt(args[8])))
            .withReadyWithin(Duration.ofSeconds(Long.parseLong(args[6])));
    JumpingClock loops = new JumpingClock();
    RaftStore store;
    try {
      store = RaftStore.start(config, loops);
    } catch (StoreException refused) {
      say("refused " + oneLine(refused));
      return;
    }
    new StoreProcess(store, loops, Integer.parseInt(args[5])).run();
  }

  private static void fatal(String message, Throwable cause) {
    say("fault " + message + ": " + oneLine(cause));
    Runtime.getRuntime().halt(FAULT_STATUS);
  }

  private void run() throws IOException {
    tellWhatIsThere(store.subscribe((delta, after) -> say("D " + text(delta))));
    Member self = store.members().self();
    say(String.join(" ", "hello", self.id(), self.peerAddress(), store.members().group() + ""));
    store
        .ready()
        .whenComplete(
            (ready, failure) -> say(failure == null ? "ready" : "refused " + oneLine(failure)));
    store.leadership(leads -> say("leads " + leads));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = List.of(line.split(" "));
      String number = words.get(0);
      answer(words.subList(1, words.size()))
          .whenComplete(
              (text, failure) ->
                  say("= " + number + " " + (failure == null ? text : failed(failure))));
      if (words.get(1).equals("close")) {
        return;
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private CompletionStage<String> answer(List<String> words) {
    try {
      return switch (words.get(0)) {
        case "put", "delete" -> store.submit(command(words)).thenApply(StoreProcess::text);
        case "get" -> done(text(key(words.get(1)), store.image()));
        case "latest" -> store.latest().thenApply(image -> text(key(words.get(1)), image));
        case "sum" -> done(sum(store.image()));
        case "watch" -> watch(words.get(1), words.get(2), Long.parseLong(words.get(3)));
        case "unwatch" -> unwatch(words.get(1));
        case "status" -> store.members().status().thenApply(StoreProcess::text);
        case "quorum" -> done(store.members().quorum().text());
        case "add" -> empty(store.members().add(member(words)));
        case "remove" -> empty(store.members().remove(words.get(1)));
        case "transfer" -> empty(store.members().transfer(words.get(1)));
        case "clock" -> clock.jump(Duration.ofSeconds(Long.parseLong(words.get(1))));
        case "close" -> close();
        default -> throw new IllegalArgumentException("unknown: " + words);
      };
    } catch (RuntimeException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  private Command command(List<String> words) {
    Key key = key(words.get(1));
    long expected = Long.parseLong(words.get(2));
    return words.get(0).equals("put")
        ? new Command.Put(key, expected, (words.get(3) + padding).getBytes(UTF_8))
        : new Command.Delete(key, expected, "gone".getBytes(UTF_8));
  }

  private static Key key(String text) {
    int slash = text.indexOf('/');
    return new Key(RESOURCE, text.substring(0, slash), text.substring(slash + 1));
  }

  private static String name(Key key) {
    return key.namespace() + "/" + key.name();
  }

  private static Member member(List<String> words) {
    return new Member(words.get(1), words.get(2), words.get(3), words.get(3));
  }

  private static String text(Outcome outcome) {
    if (outcome instanceof Outcome.Applied applied) {
      return "written " + applied.stored().revision();
    }
    Stored current = ((Outcome.Conflict) outcome).current();
    return "conflict " + (current == null ? Command.ABSENT : current.revision());
  }

  private static String text(Key key, Image image) {
    Stored stored = image.get(key);
    String found = stored == null ? Command.ABSENT + " -" : stored.revision() + " " + value(stored);
    return "read " + image.revision() + " " + found;
  }

  private static String text(List<MemberStatus> members) {
    return members.stream()
        .map(
            status ->
                String.join(
                    ",",
                    status.member().name(),
                    status.role().name(),
                    Long.toString(status.term()),
                    Long.toString(status.applied()),
                    Long.toString(status.lag())))
        .collect(Collectors.joining(" ", "members ", ""));
  }

  /** The revision of an image and a number that depends on all that it holds. */
  private static String sum(Image image) {
    long sum = 0;
    for (Iterator<Stored> all = image.scan(RESOURCE, "", null); all.hasNext(); ) {
      Stored stored = all.next();
      sum = 31 * sum + (name(stored.key()) + stored.revision() + value(stored)).hashCode();
    }
    return "sum " + image.revision() + " " + sum;
  }

  private CompletionStage<String> watch(String id, String namespace, long after) {
    Watch watch;
    try {
      watch = hub.open(RESOURCE, namespace.equals("*") ? "" : namespace, after);
    } catch (WatchExpiredException expired) {
      return done("expired");
    }
    watches.put(id, watch);
    watch.onReady(() -> watching.execute(() -> poll(id, watch)));
    return done("watching");
  }

  private void poll(String id, Watch watch) {
    try {
      List<WatchEvent> events = watch.poll(POLL);
      if (!events.isEmpty()) {
        say(
            events.stream()
                .map(event -> text(event.delta()))
                .collect(Collectors.joining(";", "W " + id + " ", "")));
      }
      if (events.size() == POLL) {
        watching.execute(() -> poll(id, watch));
      } else {
        say("B " + id + " " + watch.revision());
      }
    } catch (WatchExpiredException expired) {
      watches.remove(id);
      say("E " + id);
    }
  }

  private CompletionStage<String> unwatch(String id) {
    Watch watch = watches.remove(id);
    if (watch != null) {
      watch.close();
    }
    return done("closed");
  }

  private CompletionStage<String> close() {
    hub.close();
    store.close();
    return done("closed");
  }

  private static CompletionStage<String> done(String text) {
    return CompletableFuture.completedStage(text);
  }

  private static CompletionStage<String> empty(CompletionStage<Void> work) {
    return work.thenApply(nothing -> "done");
  }

  private static void tellWhatIsThere(Image image) {
    for (Iterator<Stored> all = image.scan(RESOURCE, "", null); all.hasNext(); ) {
      Stored stored = all.next();
      say("D " + text(new Delta(null, stored, false)));
    }
  }

  private static String text(Delta delta) {
    Stored before = delta.before();
    return String.join(
        " ",
        Long.toString(delta.revision()),
        name(delta.key()),
        delta.deleted() ? "deleted" : before == null ? "added" : "modified",
        value(delta.after()),
        before == null ? "-" : value(before));
  }

  /** The value without what pads it. */
  private static String value(Stored stored) {
    byte[] bytes = stored.value();
    int end = 0;
    while (end < bytes.length && bytes[end] != ' ') {
      end++;
    }
    return new String(bytes, 0, end, UTF_8);
  }

  private static String failed(Throwable failure) {
    Throwable cause =
        Throwables.getCausalChain(failure).stream()
            .filter(StoreException.class::isInstance)
            .findFirst()
            .orElse(Throwables.getRootCause(failure));
    boolean unknown = !(cause instanceof StoreException refused) || refused.outcomeUnknown();
    return (unknown ? "unknown " : "failed ") + oneLine(cause);
  }

  private static String oneLine(@Nullable Throwable failure) {
    return String.valueOf(failure).replace('\n', ' ');
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
