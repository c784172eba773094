package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.engine.VolumeShelf;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that several threads deal with; none runs. */
class LifeTest {
  private static final int LIMIT_SECONDS = 30;

  @TempDir Path directory;

  private Life life() {
    ContainerRecord record =
        new ContainerRecord(
            "0123456789abcdef",
            "name",
            "2026-01-01T00:00:00Z",
            "image",
            Tree.EMPTY,
            Tree.EMPTY,
            Tree.EMPTY,
            Map.of(),
            ContainerState.CREATED,
            0,
            false);
    return new Life(
        FakeGround.with(FakeGround.absent(VolumeShelf.class), directory),
        id -> {
          throw new AssertionError(id);
        },
        record);
  }

  @Test
  void tellsItsRecordWhileItStarts() throws Exception {
    Life life = life();
    // Its start asks for volumes, and volumes that are removed ask who has them.
    synchronized (life) {
      assertThat(
              CompletableFuture.supplyAsync(life::record)
                  .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                  .name())
          .isEqualTo("name");
    }
  }

  @Test
  void losesNoChangeToAnother() throws Exception {
    Life life = life();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 100; i++) {
                life.change(record -> record.nextRun());
              }
            });
    for (int i = 0; i < 100; i++) {
      life.change(record -> record.nextRun());
    }
    other.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(life.record().runs()).isEqualTo(200);
  }
}
