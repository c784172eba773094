package io.kuber.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class RaftStoreTest {
  private static final Key WEB = new Key("pods", "default", "web");

  @TempDir Path directory;

  private final ThreadLoops loops = new ThreadLoops();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeLoops() {
    loops.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void comesBackAsItWas() {
    try (RaftStore store = open()) {
      assertThat(put(store, WEB, 0, "{\"a\":1}")).isInstanceOf(Outcome.Applied.class);
      assertThat(put(store, WEB, 1, "{\"a\":2}")).isInstanceOf(Outcome.Applied.class);
      assertThat(put(store, WEB, 1, "{\"a\":3}")).isInstanceOf(Outcome.Conflict.class);
      put(store, new Key("nodes", "", "n1"), 0, "{}");
      await(store, new Command.Delete(new Key("nodes", "", "n1"), 3, bytes("{}")));
    }
    try (RaftStore store = open()) {
      assertThat(store.image().revision()).isEqualTo(4);
      assertThat(store.image().count("nodes", "")).isZero();
      assertThat(describe(store.image())).containsExactly("revision 4", WEB + "@2{\"a\":2}");
      assertThat(put(store, WEB, 2, "{}")).isInstanceOf(Outcome.Applied.class);
      assertThat(store.image().revision()).isEqualTo(5);
    }
  }

  @Test
  void aConflictNamesTheStateThatWon() {
    try (RaftStore store = open()) {
      List<CompletableFuture<Outcome>> race = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Command put = new Command.Put(WEB, 0, bytes("{\"i\":" + i + "}"));
        race.add(store.submit(put).toCompletableFuture());
      }
      List<Outcome> outcomes = race.stream().map(CompletableFuture::join).toList();
      assertThat(outcomes).filteredOn(Outcome.Applied.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Outcome.Conflict.class::isInstance)
          .hasSize(49)
          .allSatisfy(conflict -> assertThat(((Outcome.Conflict) conflict).current()).isNotNull());
    }
  }

  @Test
  void goesOnFromASnapshotAndTheLogBehindIt() throws Exception {
    RaftConfig config = config(directory).withSnapshotAfterBytes(100_000);
    List<String> before;
    try (RaftStore store = RaftStore.open(config, loops)) {
      fill(store, 300, 1_000);
      awaitSnapshot();
      fill(store, 5, 10);
      before = describe(store.image());
    }
    try (RaftStore store = RaftStore.open(config, loops)) {
      assertThat(describe(store.image())).isEqualTo(before);
    }
  }

  @Test
  void shortensTheLogThoughNobodyWritesAnyMore() throws Exception {
    RaftConfig config =
        config(directory).withSnapshotAfterBytes(200_000).withLogLimits(new LogLimits(64 << 10, 1));
    try (RaftStore store = RaftStore.open(config, loops)) {
      fill(store, 10, 15_000);
      assertThat(Segments.find(directory, "log_0-\\d+")).isNotEmpty();
      fill(store, 1, 60_000);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Segments.find(directory, "log_0-\\d+").isEmpty()) {
        assertThat(System.nanoTime()).as("the log is shortened").isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  @Test
  void takesWritesWhileASnapshotIsBeingWritten() throws Exception {
    Queue<Runnable> snapshots = new ConcurrentLinkedQueue<>();
    Loops slow = new SlowSnapshots(loops, snapshots);
    RaftConfig config = config(directory).withSnapshotAfterBytes(50_000);
    try (RaftStore store = RaftStore.open(config, slow)) {
      fill(store, 200, 1_000);
      assertThat(snapshots).as("snapshots that wait").hasSize(1);
      assertThat(Segments.find(directory, "snapshot\\.\\d+_\\d+")).isEmpty();
      Objects.requireNonNull(snapshots.poll()).run();
      assertThat(Segments.find(directory, "snapshot\\.\\d+_\\d+")).hasSize(1);
    }
  }

  /** Loops of which the one that writes snapshots does so only when it is told to. */
  private record SlowSnapshots(Loops others, Queue<Runnable> snapshots) implements Loops {
    @Override
    public Loop loop(String name) {
      Loop loop = others.loop(name);
      return name.equals("store-snapshots") ? new Held(loop, snapshots) : loop;
    }

    @Override
    public InstantSource clock() {
      return others.clock();
    }

    @Override
    public Entropy entropy() {
      return others.entropy();
    }

    @Override
    public void close() {
      others.close();
    }
  }

  private record Held(Loop loop, Queue<Runnable> tasks) implements Loop {
    @Override
    public String name() {
      return loop.name();
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return loop.schedule(delay, task);
    }
  }

  @Test
  void leavesNoThreadBehind() {
    String id;
    try (RaftStore store = open()) {
      put(store, WEB, 0, "{}");
      id = store.log().self().toString();
      assertThat(threadsOf(id)).isNotEmpty();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!threadsOf(id).isEmpty()) {
      assertThat(System.nanoTime()).as("%s", threadsOf(id)).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static List<String> threadsOf(String member) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(member))
        .toList();
  }

  @Test
  void replayGivesTheSameImageEveryTime() {
    List<String> before;
    Random random = new Random(3);
    try (RaftStore store = open()) {
      for (int i = 0; i < 300; i++) {
        Key key = new Key("pods", "ns-" + random.nextInt(3), "pod-" + random.nextInt(20));
        Stored current = store.image().get(key);
        long expected = random.nextInt(5) == 0 ? 7 : current == null ? 0 : current.revision();
        byte[] value = bytes("{\"i\":" + i + "}");
        boolean delete = random.nextInt(4) == 0;
        await(
            store,
            delete
                ? new Command.Delete(key, expected, value)
                : new Command.Put(key, expected, value));
      }
      before = describe(store.image());
    }
    for (int i = 0; i < 2; i++) {
      try (RaftStore store = open()) {
        assertThat(describe(store.image())).isEqualTo(before);
      }
    }
  }

  @Test
  void tellsListenersWhatIsAppliedInOrder() {
    try (RaftStore store = open()) {
      List<Long> seen = new CopyOnWriteArrayList<>();
      store.subscribe((delta, image) -> seen.add(delta.revision()));
      fill(store, 50, 10);
      assertThat(seen).hasSize(50).isSorted();
    }
  }

  @Test
  void refusesASecondOwnerAndNamesTheFirst() {
    try (RaftStore store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              directory + " is in use by another kuber (pid " + ProcessHandle.current().pid());
      assertThat(store.image().revision()).isZero();
    }
    open().close();
  }

  @Test
  void cutsOffAWriteThatWasInterrupted() throws IOException {
    try (RaftStore store = open()) {
      fill(store, 20, 3_000);
    }
    // The last entry without its second sector, as if the disk had written them in another order.
    Segments.closedToOpen(directory);
    Segments segment = Segments.open(directory);
    long start = segment.entry(segment.entries() - 1);
    segment.overwrite((start / 512 + 1) * 512, new byte[512]);
    try (RaftStore store = open()) {
      assertThat(store.image().revision()).isEqualTo(19);
      fill(store, 1, 10);
    }
    try (RaftStore store = open()) {
      assertThat(store.image().revision()).isEqualTo(20);
    }
  }

  @Test
  void refusesALogWithAFlippedBit() throws IOException {
    try (RaftStore store = open()) {
      fill(store, 20, 3_000);
    }
    Segments.closedToOpen(directory);
    Segments segment = Segments.open(directory);
    segment.overwrite(segment.entry(10) + 700, new byte[] {1});
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is damaged at byte")
        .hasMessageContaining("restore");
  }

  @Test
  void refusesAClosedSegmentWithAFlippedBit() throws IOException {
    try (RaftStore store = RaftStore.open(smallSegments(), loops)) {
      fill(store, 100, 3_000);
    }
    Path closed = Segments.find(directory, "log_\\d+-\\d+").get(0);
    byte[] bytes = Files.readAllBytes(closed);
    bytes[bytes.length / 2] ^= 1;
    Files.write(closed, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(closed + " is damaged at byte")
        .hasMessageContaining("restore the directory from a backup");
  }

  @Test
  void refusesALogWithAGapAndNamesIt() throws IOException {
    try (RaftStore store = RaftStore.open(smallSegments(), loops)) {
      fill(store, 100, 3_000);
    }
    List<Path> closed = new ArrayList<>(Segments.find(directory, "log_\\d+-\\d+"));
    closed.sort(Comparator.comparing(Segments::first));
    Files.delete(closed.get(0));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("entries 0 to " + (Segments.first(closed.get(1)) - 1))
        .hasMessageContaining("are missing before " + closed.get(1));
  }

  @Test
  void goesOnFromTheLogWhenASnapshotIsDamaged() throws IOException {
    RaftConfig config = config(directory).withSnapshotAfterBytes(100_000);
    List<String> before;
    try (RaftStore store = RaftStore.open(config, loops)) {
      fill(store, 300, 1_000);
      awaitSnapshot();
      before = describe(store.image());
    }
    for (Path snapshot : Segments.find(directory, "snapshot\\.\\d+_\\d+")) {
      byte[] bytes = Files.readAllBytes(snapshot);
      bytes[bytes.length / 3] ^= 1;
      Files.write(snapshot, bytes);
    }
    try (RaftStore store = RaftStore.open(config, loops)) {
      assertThat(describe(store.image())).isEqualTo(before);
    }
  }

  @Test
  void goesOnFromTheOlderSnapshotWhenTheNewestIsDamaged() throws IOException {
    RaftConfig config =
        config(directory)
            .withLogLimits(new LogLimits(100_000, 400))
            .withSnapshotAfterBytes(300_000);
    List<String> before;
    try (RaftStore store = RaftStore.open(config, loops)) {
      fill(store, 1_000, 3_000);
      while (firstEntryKept() == 0 || snapshots().size() < 2) {
        fill(store, 50, 3_000);
      }
      before = describe(store.image());
    }
    assertThat(firstEntryKept()).as("the log alone is not enough").isPositive();
    Path newest = snapshots().get(0);
    Path older = snapshots().get(1);
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 3] ^= 1;
    Files.write(newest, bytes);
    try (RaftStore store = RaftStore.open(config, loops)) {
      assertThat(describe(store.image())).isEqualTo(before);
      assertThat(directory.resolve(newest.getFileName() + ".damaged")).exists();
      assertThat(older).exists();
      fill(store, 1, 10);
    }
  }

  /** The newest first. */
  private List<Path> snapshots() throws IOException {
    return Segments.find(directory, "snapshot\\.\\d+_\\d+").stream()
        .sorted(Comparator.comparingLong(RaftStoreTest::lastEntry).reversed())
        .toList();
  }

  private static long lastEntry(Path snapshot) {
    return Long.parseLong(snapshot.getFileName().toString().split("_")[1]);
  }

  private long firstEntryKept() throws IOException {
    return Segments.find(directory, "log_\\d+-\\d+").stream()
        .mapToLong(Segments::first)
        .min()
        .orElse(0);
  }

  @Test
  void namesADamagedSnapshotThatTheLogDoesNotReachBehind() throws IOException {
    RaftConfig config = smallSegments().withSnapshotAfterBytes(300_000);
    try (RaftStore store = RaftStore.open(config, loops)) {
      while (Segments.find(directory, "log_\\d+-\\d+").stream()
          .allMatch(file -> Segments.first(file) == 0)) {
        fill(store, 50, 3_000);
      }
      awaitSnapshot();
      while (Segments.find(directory, "log_0-\\d+").size() == 1) {
        fill(store, 50, 3_000);
      }
    }
    List<Path> snapshots = Segments.find(directory, "snapshot\\.\\d+_\\d+");
    for (Path snapshot : snapshots) {
      byte[] bytes = Files.readAllBytes(snapshot);
      bytes[bytes.length / 3] ^= 1;
      Files.write(snapshot, bytes);
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot read the snapshot")
        .hasMessageContaining("restore the directory from a backup");
  }

  private RaftConfig smallSegments() {
    return config(directory).withLogLimits(new LogLimits(100_000, 10));
  }

  @Test
  void readsAnIdentityFromBeforeThereWerePeers() throws IOException {
    List<String> lines;
    try (RaftStore store = open()) {
      fill(store, 3, 10);
      lines = Files.readAllLines(directory.resolve("identity"));
    }
    assertThat(lines).hasSize(4).startsWith("kuber-store 2").endsWith("ready");
    Path older = directory.resolve("older");
    Files.createDirectories(older);
    Files.write(older.resolve("identity"), List.of("kuber-store 1", lines.get(1), "new"));
    try (RaftStore store = RaftStore.open(config(older), loops)) {
      fill(store, 1, 10);
    }
    Path format1 = directory.resolve("identity");
    Files.write(format1, List.of("kuber-store 1", lines.get(1), "strange"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("identity is damaged or of a newer kuber");
  }

  @Test
  void refusesADirectoryWhoseLogIsGone() throws IOException {
    open().close();
    try (Stream<Path> files = Files.walk(directory.resolve("log"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the log of this store is missing");
  }

  @Test
  void refusesValuesThatAreTooLarge() {
    try (RaftStore store = open()) {
      byte[] largest = new byte[Intake.MAX_VALUE_BYTES];
      byte[] tooLarge = new byte[Intake.MAX_VALUE_BYTES + 1];
      assertThatThrownBy(() -> await(store, new Command.Put(WEB, 0, tooLarge)))
          .hasRootCauseInstanceOf(StoreException.class)
          .hasMessageContaining("the limit is");
      assertThat(await(store, new Command.Put(WEB, 0, largest)))
          .isInstanceOf(Outcome.Applied.class);
    }
  }

  @Test
  void losesNoAcknowledgedWriteWhenTheProcessIsKilled() throws Exception {
    Path acknowledged = Files.createFile(directory.resolve("acknowledged"));
    Path data = directory.resolve("data");
    Process child = RaftStoreLoad.start(data, acknowledged, directory.resolve("child.log"));
    try {
      awaitSize(child, acknowledged, 40_000);
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    try (RaftStore store = RaftStore.open(config(data), loops)) {
      List<String> lines = Files.readAllLines(acknowledged);
      assertThat(lines).hasSizeGreaterThan(1_000);
      // The last line may be half written.
      for (String line : lines.subList(0, lines.size() - 1)) {
        Key key = new Key("pods", "load", line.split(" ")[0]);
        long revision = Long.parseLong(line.split(" ")[1]);
        assertThat(store.image().get(key))
            .as(line)
            .isNotNull()
            .extracting(Stored::revision)
            .isEqualTo(revision);
      }
    }
  }

  private static void awaitSize(Process child, Path file, long size) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Files.size(file) < size) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      assertThat(child.waitFor(20, TimeUnit.MILLISECONDS)).as("the child ended").isFalse();
    }
  }

  private void awaitSnapshot() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Segments.find(directory, "snapshot\\.\\d+_\\d+").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private RaftConfig config(Path data) {
    return RaftConfig.of(data, (text, cause) -> faults.add(text + ": " + cause));
  }

  private RaftStore open() {
    return RaftStore.open(config(directory), loops);
  }

  private static void fill(Store store, int objects, int size) {
    long first = store.image().revision();
    for (int i = 0; i < objects; i++) {
      Key key = new Key("pods", "load", "pod-" + (first + i));
      assertThat(put(store, key, 0, "x".repeat(size))).isInstanceOf(Outcome.Applied.class);
    }
  }

  private static List<String> describe(Image image) {
    List<String> all = new ArrayList<>();
    all.add("revision " + image.revision());
    for (Stored stored : ImmutableList.copyOf(image.scan("pods", "", null))) {
      all.add(stored.key() + "@" + stored.revision() + new String(stored.value(), UTF_8));
    }
    return all;
  }

  private static Outcome put(Store store, Key key, long expected, String value) {
    return await(store, new Command.Put(key, expected, bytes(value)));
  }

  private static Outcome await(Store store, Command command) {
    return store.submit(command).toCompletableFuture().join();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
