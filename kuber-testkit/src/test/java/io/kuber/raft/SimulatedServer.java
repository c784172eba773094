package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.LogEntry;
import io.kuber.raft.log.LogState;
import io.kuber.raft.log.Sessions;
import io.kuber.raft.log.Snapshot;
import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.ImageCodec;
import io.kuber.store.Outcome;
import io.kuber.store.Sealing;
import io.kuber.store.Store;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import io.kuber.testkit.sim.Flaw;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * A {@link RaftStore} without Ratis, network and disk: sequencer, courier and applied state are the
 * real ones, the log is somebody else's business.
 */
public final class SimulatedServer implements Store {
  private final AppliedState applied = new AppliedState(TreeImage.EMPTY);
  private final LogState state = new LogState(applied);
  private final Sequencer sequencer;
  private final Courier courier;
  private final Flaw flaw;
  private final int number;

  /** The way to whoever leads. */
  public interface Wire {
    /** Who leads, as far as this server knows. */
    OptionalInt leader();

    /** Sends an entry; the stage fails when it was not taken, or nobody knows. */
    CompletionStage<Void> append(int leader, byte[] entry);
  }

  /**
   * A server with an empty state, that has applied nothing yet.
   *
   * @param number by which flaws choose
   */
  public SimulatedServer(Loops loops, Wire wire, Flaw flaw, int number) {
    this.flaw = flaw;
    this.number = number;
    Loop loop = loops.loop("sequencer");
    long session = loops.entropy().uuid().getMostSignificantBits();
    courier = new Courier(road(wire), session, Sealing.NONE, loop, () -> "no leader");
    sequencer =
        new Sequencer(
            applied::image,
            () -> false,
            () -> "no leader",
            loop,
            loops.loop("replies"),
            session,
            courier);
    sequencer.start();
  }

  private static Road road(Wire wire) {
    return new Road() {
      @Override
      public Optional<RaftPeerId> leader() {
        OptionalInt leader = wire.leader();
        return leader.isEmpty()
            ? Optional.empty()
            : Optional.of(RaftPeerId.valueOf(Integer.toString(leader.getAsInt())));
      }

      @Override
      public CompletionStage<?> append(RaftPeerId leader, long number, byte[] entry) {
        return wire.append(Integer.parseInt(leader.toString()), entry);
      }
    };
  }

  /** Applies the next entry of the log. */
  public void apply(byte[] entry) {
    try {
      Optional<Batch> own = EntryCodec.operation(ByteBuffer.wrap(entry)).flatMap(courier::take);
      LogEntry.Commands commands = flawed((LogEntry.Commands) EntryCodec.decode(entry));
      Optional<List<Outcome>> outcomes =
          flaw == Flaw.COPIES_APPLIED
              ? Optional.of(commands.commands().stream().map(applied::apply).toList())
              : state.apply(commands);
      own.ifPresent(
          batch ->
              outcomes.ifPresentOrElse(
                  all -> sequencer.applied(batch, all, applied.image()),
                  () -> sequencer.failed(batch, new StoreException("passed", true))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LogEntry.Commands flawed(LogEntry.Commands entry) {
    List<Command> commands = new ArrayList<>(entry.commands());
    if (flaw == Flaw.NO_REVISION_CHECK) {
      commands.replaceAll(this::unconditional);
    } else if (flaw == Flaw.SERVERS_DIFFER && number == 0 && entry.id().number() % 16 == 15) {
      commands.clear();
    }
    return new LogEntry.Commands(entry.id(), entry.floor(), commands);
  }

  private Command unconditional(Command command) {
    if (command instanceof Command.Together together) {
      return new Command.Together(
          together.puts().stream().map(put -> (Command.Put) unconditional(put)).toList());
    }
    Stored current = applied.image().get(command.key());
    long revision = current == null ? Command.ABSENT : current.revision();
    return command instanceof Command.Put put
        ? new Command.Put(put.key(), revision, put.value())
        : new Command.Delete(command.key(), revision, ((Command.Delete) command).last());
  }

  /** Perhaps another server leads. */
  public void leaderChanged() {
    courier.leaderChanged();
  }

  /** The state as bytes of a snapshot. */
  public byte[] save() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageCodec.write(applied.image(), state.sessions().toBytes(), Sealing.NONE, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Goes on from a snapshot. */
  public void install(byte[] snapshot) {
    try {
      ImageCodec.Saved saved =
          ImageCodec.readSaved(new ByteArrayInputStream(snapshot), Sealing.NONE);
      state.replace(new Snapshot(saved.image(), Sessions.of(saved.beside()), 0, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The revision and the digest of the state. */
  public String digest() {
    return applied.image().revision() + " " + applied.image().digest();
  }

  @Override
  public CompletionStage<Outcome> submit(Command command) {
    return sequencer.submit(command);
  }

  @Override
  public Image image() {
    return applied.image();
  }

  @Override
  public CompletionStage<Image> latest() {
    return flaw == Flaw.READS_WITHOUT_BARRIER
        ? CompletableFuture.completedFuture(applied.image())
        : sequencer.latest();
  }

  @Override
  public Image subscribe(Listener listener) {
    return applied.subscribe(listener);
  }

  @Override
  public void unsubscribe(Listener listener) {
    applied.unsubscribe(listener);
  }

  @Override
  public void close() {
    sequencer.stop("the store is closed");
  }
}
