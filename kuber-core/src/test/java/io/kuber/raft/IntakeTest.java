package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.raft.Batch.Operation;
import io.kuber.raft.Batch.Reader;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.StoreException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final Intake intake = new Intake();

  @Test
  void isBoundedInNumber() {
    for (int i = 0; i < Intake.MAX_WAITING; i++) {
      assertThat(intake.offer(operation("pods", 1))).isNull();
    }
    assertOverload(intake.offer(operation("pods", 1)));
    intake.leave(operation("pods", 1).command());
    assertThat(intake.offer(operation("pods", 1))).isNull();
  }

  @Test
  void isBoundedInBytes() {
    int size = 1 << 20;
    int taken = 0;
    while (intake.offer(operation("pods", size)) == null) {
      taken++;
    }
    assertThat((long) taken * size)
        .isBetween(Intake.MAX_WAITING_BYTES / 2, Intake.MAX_WAITING_BYTES);
    assertOverload(intake.offer(operation("pods", size)));
    assertThat(intake.offer(operation("pods", 1))).isNull();
  }

  @Test
  void boundsReadersToo() {
    for (int i = 0; i < Intake.MAX_WAITING; i++) {
      assertThat(intake.offer(new Reader(new CompletableFuture<>(), 0))).isNull();
    }
    assertOverload(intake.offer(new Reader(new CompletableFuture<>(), 0)));
    assertThat(intake.takeReaders()).hasSize(Intake.MAX_WAITING);
  }

  @Test
  void leasesAndEventsWaitForCompany() {
    for (String resource : new String[] {"leases.coordination.k8s.io", "events"}) {
      assertThat(intake.offer(operation(resource, 1))).isNull();
      assertThat(intake.pollHurried()).isNull();
      assertThat(intake.pollPatient()).isNotNull();
    }
    assertThat(intake.offer(operation("pods", 1))).isNull();
    assertThat(intake.pollPatient()).isNull();
    assertThat(intake.pollHurried()).isNotNull();
  }

  private static void assertOverload(@Nullable StoreException refusal) {
    assertThat(refusal)
        .isNotNull()
        .satisfies(
            overload -> {
              assertThat(overload.isOverload()).isTrue();
              assertThat(overload.outcomeUnknown()).isFalse();
            });
  }

  private static Operation operation(String resource, int size) {
    Command put = new Command.Put(new Key(resource, "default", "x"), 0, new byte[size]);
    return new Operation(put, new CompletableFuture<>(), 0);
  }
}
