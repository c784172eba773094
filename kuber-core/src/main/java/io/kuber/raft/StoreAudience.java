package io.kuber.raft;

import com.google.common.collect.Iterators;
import io.kuber.loop.Loop;
import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.LogEntry;
import io.kuber.raft.log.OperationId;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what the log does to those parts of the store that wait for it. */
final class StoreAudience implements Audience {
  private static final Logger LOG = LoggerFactory.getLogger(StoreAudience.class);

  private final RatisLog log;
  private final Courier courier;
  private final Sequencer sequencer;
  private final LeadershipFeed leadership;
  private final Loop loop;
  private final FaultHandler faults;
  private final Comparison comparison;

  /** {@code loop} is the sequencer's. */
  StoreAudience(
      RatisLog log,
      Courier courier,
      Sequencer sequencer,
      LeadershipFeed leadership,
      Loop loop,
      FaultHandler faults) {
    this.log = log;
    this.courier = courier;
    this.sequencer = sequencer;
    this.leadership = leadership;
    this.loop = loop;
    this.faults = faults;
    this.comparison = new Comparison(log.self().toString());
  }

  @Override
  public Optional<Batch> expected(OperationId id) {
    return courier.take(id);
  }

  @Override
  public void applied(Batch batch, List<Outcome> outcomes, TreeImage image) {
    sequencer.applied(batch, outcomes, image);
  }

  @Override
  public void passed(Batch batch) {
    sequencer.failed(
        batch,
        new StoreException(
            "this server was behind and has got a newer state from another one; read what became"
                + " of the write",
            true));
  }

  @Override
  public void compare(LogEntry.Compare question, TreeImage image) {
    if (Iterators.any(image.all(), Stored::isSealed)) {
      LOG.error("this server lacks keys, so that it cannot compare what it has with the others");
      return;
    }
    byte[] report = EntryCodec.encode(comparison.begin(question, image), 0);
    loop.execute(() -> log.note(report));
  }

  @Override
  public void report(LogEntry.Report report) {
    comparison
        .note(report, log.members().size())
        .ifPresent(
            text -> faults.fatal(text, new IllegalStateException("the images have diverged")));
  }

  @Override
  public void leaderChanged() {
    loop.execute(courier::leaderChanged);
    leadership.look();
  }
}
