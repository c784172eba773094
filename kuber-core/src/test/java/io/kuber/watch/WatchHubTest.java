package io.kuber.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchHubTest {
  private static final int CAPACITY = 8;

  private final LocalStore store = new LocalStore();

  @Test
  void showsChangesBehindTheRevisionInOrder() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    long first = write("pods", "a", "one");
    long second = write("pods", "b", "two");
    long third = write("pods", "a", "three");
    write("nodes", "", "n1");
    assertThat(revisions(hub.open("pods", "", 0))).containsExactly(first, second, third);
    assertThat(revisions(hub.open("pods", "", first))).containsExactly(second, third);
    assertThat(revisions(hub.open("pods", "a", first))).containsExactly(third);
    assertThat(revisions(hub.open("pods", "", 100))).isEmpty();
  }

  @Test
  void refusesARevisionThatTheHistoryDoesNotReachBackTo() {
    write("pods", "a", "before");
    WatchHub hub = WatchHub.of(store, CAPACITY);
    assertThatThrownBy(() -> hub.open("pods", "", 0))
        .isInstanceOf(WatchExpiredException.class)
        .hasMessage("too old resource version: 0 (1)");
    for (int i = 0; i <= CAPACITY; i++) {
      write("pods", "a", "pod-" + i);
    }
    assertThatThrownBy(() -> hub.open("pods", "", 1))
        .isInstanceOf(WatchExpiredException.class)
        .hasMessage("too old resource version: 1 (2)");
    assertThat(revisions(hub.open("pods", "", 2))).hasSize(CAPACITY);
  }

  @Test
  void endsAWatchThatReadsTooSlowly() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    Watch slow = hub.open("pods", "", 0);
    for (int i = 0; i <= CAPACITY; i++) {
      write("pods", "a", "pod-" + i);
    }
    assertThatThrownBy(() -> slow.poll(1)).isInstanceOf(WatchExpiredException.class);
    assertThatThrownBy(() -> slow.poll(1)).isInstanceOf(WatchExpiredException.class);
  }

  @Test
  void endsWatchesAtOnceWhenTheStoreGoesOnFromASnapshot() {
    AppliedState state = new AppliedState(TreeImage.EMPTY);
    WatchHub hub = WatchHub.of(new LocalStore(state), CAPACITY);
    Watch watch = hub.open("pods", "", 0);
    state.replace(TreeImage.EMPTY.at(1));
    assertThatThrownBy(() -> watch.poll(1)).isInstanceOf(WatchExpiredException.class);
    assertThatThrownBy(() -> hub.open("pods", "", 0)).isInstanceOf(WatchExpiredException.class);
    assertThat(hub.revision()).isEqualTo(1);
    assertThat(revisions(hub.open("pods", "", 1))).isEmpty();
  }

  @Test
  void keepsAWatchOfAQuietNamespaceThatHasNothingToMiss() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    Watch quiet = hub.open("pods", "quiet", 0);
    assertThat(quiet.poll(1)).isEmpty();
    for (int i = 0; i < 3 * CAPACITY; i++) {
      write("pods", "busy", "pod-" + i);
    }
    assertThat(quiet.poll(1)).isEmpty();
    for (int i = 0; i < 3 * CAPACITY; i++) {
      write("pods", "busy", "other-" + i);
    }
    long last = write("pods", "quiet", "at-last");
    assertThat(revisions(quiet)).containsExactly(last);
  }

  @Test
  void signalsOnceWhenSomethingComesForAReaderThatHasSeenAll() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    Watch watch = hub.open("pods", "a", 0);
    AtomicInteger signals = new AtomicInteger();
    assertThat(watch.poll(10)).isEmpty();
    watch.onReady(signals::incrementAndGet);
    write("pods", "b", "other");
    assertThat(signals).hasValue(0);
    write("pods", "a", "one");
    write("pods", "a", "two");
    assertThat(signals).hasValue(1);
    assertThat(watch.poll(10)).hasSize(2);
    write("pods", "a", "three");
    assertThat(signals).hasValue(2);
    watch.close();
    watch.poll(10);
    write("pods", "a", "four");
    assertThat(signals).hasValue(2);
  }

  @Test
  void knowsUpToWhichRevisionAllWasSeen() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    Watch watch = hub.open("pods", "a", 0);
    watch.poll(10);
    long elsewhere = write("nodes", "", "n1");
    assertThat(watch.revision()).isEqualTo(elsewhere);
    long here = write("pods", "a", "one");
    assertThat(watch.revision()).isEqualTo(elsewhere);
    watch.poll(10);
    assertThat(watch.revision()).isEqualTo(here);
  }

  @Test
  void showsAResourceAsItWasAtEveryRevisionThatItRemembers() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    List<Image> images = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 10 * CAPACITY; i++) {
      String namespace = random.nextBoolean() ? "a" : "b";
      Key key = new Key("pods", namespace, "pod-" + random.nextInt(5));
      Stored there = store.image().get(key);
      if (there != null && random.nextInt(3) == 0) {
        store.submit(new Command.Delete(key, there.revision(), "last".getBytes(UTF_8)));
      } else {
        write("pods", namespace, key.name());
      }
      images.add(store.image());
    }
    for (Image then : images.subList(images.size() - CAPACITY - 1, images.size())) {
      Image again = hub.imageAt("pods", then.revision());
      assertThat(again.revision()).isEqualTo(then.revision());
      for (String namespace : List.of("", "a", "b", "c")) {
        assertThat(again.count("pods", namespace)).isEqualTo(then.count("pods", namespace));
        assertThat(scanned(again, namespace, null)).isEqualTo(scanned(then, namespace, null));
        Key middle = new Key("pods", namespace.isEmpty() ? "a" : namespace, "pod-2");
        assertThat(scanned(again, namespace, middle)).isEqualTo(scanned(then, namespace, middle));
        assertThat(again.get(middle)).isSameAs(then.get(middle));
      }
    }
    long forgotten = images.get(images.size() - CAPACITY - 2).revision();
    assertThatThrownBy(() -> hub.imageAt("pods", forgotten))
        .isInstanceOf(WatchExpiredException.class);
  }

  private static List<Stored> scanned(Image image, String namespace, @Nullable Key after) {
    List<Stored> found = new ArrayList<>();
    image.scan("pods", namespace, after).forEachRemaining(found::add);
    return found;
  }

  @Test
  void encodesAnEventOncePerEncoding() {
    WatchHub hub = WatchHub.of(store, CAPACITY);
    write("pods", "a", "one");
    WatchEvent first = hub.open("pods", "", 0).poll(1).get(0);
    WatchEvent second = hub.open("pods", "a", 0).poll(1).get(0);
    byte[] json = first.encoded("json", delta -> delta.after().value());
    assertThat(second.encoded("json", delta -> new byte[0])).isSameAs(json);
    assertThat(second.encoded("proto", delta -> new byte[1])).hasSize(1);
  }

  @Test
  @Timeout(30)
  void losesNothingWhileWritersAndReadersRace() throws InterruptedException {
    WatchHub hub = WatchHub.of(store, 1 << 14);
    int writes = 20_000;
    String[] namespaces = {"a", "b", "c"};
    List<Reader> readers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    for (int i = 0; i < 12; i++) {
      readers.add(new Reader(hub.open("pods", i % 4 == 3 ? "" : namespaces[i % 4], 0), threads));
    }
    readers.forEach(Reader::begin);
    List<List<Long>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Random random = new Random(7);
    for (int i = 0; i < writes; i++) {
      int namespace = random.nextInt(100) < 97 ? 0 : 1 + random.nextInt(2);
      expected.get(namespace).add(write("pods", namespaces[namespace], "pod-" + i));
    }
    for (int namespace = 0; namespace < 3; namespace++) {
      for (int i = namespace; i < 12; i += 4) {
        List<Long> all = expected.get(namespace);
        assertThat(readers.get(i).seenUpTo(all.get(all.size() - 1))).isEqualTo(all);
      }
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  /** A reader that is always about to wait when the next change comes: the narrowest place. */
  @Test
  @Timeout(60)
  void skipsNothingForAReaderThatPollsWithoutBeingSignalled() throws InterruptedException {
    int writes = 100_000;
    WatchHub hub = WatchHub.of(store, writes);
    Watch eager = hub.open("pods", "", 0);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    writer.execute(() -> IntStream.range(0, writes).forEach(i -> write("pods", "a", "pod")));
    long seen = 0;
    while (seen < writes) {
      for (WatchEvent event : eager.poll(5)) {
        assertThat(event.delta().revision()).isEqualTo(seen + 1);
        seen++;
      }
    }
    writer.shutdown();
    assertThat(writer.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Reads on a pool, one task at a time, as a connection does. */
  private static final class Reader implements Runnable {
    private final Watch watch;
    private final ExecutorService threads;
    private final AtomicInteger pending = new AtomicInteger();
    private final List<Long> seen = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private long target = Long.MAX_VALUE;

    Reader(Watch watch, ExecutorService threads) {
      this.watch = watch;
      this.threads = threads;
    }

    void begin() {
      watch.onReady(this::ready);
    }

    private void ready() {
      if (pending.getAndIncrement() == 0) {
        threads.execute(this);
      }
    }

    @Override
    public void run() {
      int taken = pending.get();
      while (taken != 0) {
        poll();
        taken = pending.addAndGet(-taken);
      }
    }

    private synchronized void poll() {
      int max = 5;
      List<WatchEvent> events = watch.poll(max);
      while (!events.isEmpty()) {
        events.forEach(event -> seen.add(event.delta().revision()));
        events = events.size() < max ? List.of() : watch.poll(max);
      }
      check();
    }

    private void check() {
      if (!seen.isEmpty() && seen.get(seen.size() - 1) >= target) {
        done.countDown();
      }
    }

    List<Long> seenUpTo(long revision) throws InterruptedException {
      synchronized (this) {
        target = revision;
        check();
      }
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      synchronized (this) {
        return List.copyOf(seen);
      }
    }
  }

  private static List<Long> revisions(Watch watch) {
    return watch.poll(100).stream().map(event -> event.delta().revision()).toList();
  }

  private long write(String resource, String namespace, String name) {
    Key key = new Key(resource, namespace, name);
    Stored current = store.image().get(key);
    long expected = current == null ? Command.ABSENT : current.revision();
    Command put = new Command.Put(key, expected, "{}".getBytes(UTF_8));
    return ((Outcome.Applied) store.submit(put).toCompletableFuture().join()).stored().revision();
  }
}
