package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.raft.Batch.Operation;
import io.kuber.raft.Batch.Reader;
import io.kuber.raft.log.OperationId;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final CompletableFuture<Outcome> written = new CompletableFuture<>();
  private final CompletableFuture<Image> read = new CompletableFuture<>();

  private static StoreException failure(CompletableFuture<?> reply) {
    return (StoreException) reply.handle((value, failure) -> failure).join();
  }

  @Test
  void leavesOnlyWritersInDoubt() {
    Command command = new Command.Delete(new Key("configmaps", "a", "b"), 1, new byte[0]);
    Batch batch =
        new Batch(
            new OperationId(1, 1),
            0,
            List.of(new Operation(command, written, 0)),
            List.of(new Reader(read, 0)),
            0);
    batch.fail(new StoreException("nobody answers", true));
    assertThat(failure(written).outcomeUnknown()).isTrue();
    assertThat(failure(read)).hasMessage("nobody answers");
    assertThat(failure(read).outcomeUnknown()).isFalse();
  }
}
