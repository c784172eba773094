package io.kuber.raft;

import io.kuber.store.Command;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Operations that go into the log as one entry. */
record Batch(LogEntry.OperationId id, List<Operation> operations, int bytes) {
  /** A command and whoever waits for its outcome. */
  record Operation(Command command, CompletableFuture<Outcome> reply) {
    Operation(Command command) {
      this(command, new CompletableFuture<>());
    }
  }

  List<Command> commands() {
    return operations.stream().map(Operation::command).toList();
  }

  void complete(List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      operations.get(i).reply().complete(outcomes.get(i));
    }
  }

  void fail(StoreException reason) {
    operations.forEach(operation -> operation.reply().completeExceptionally(reason));
  }
}
