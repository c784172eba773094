package io.kuber.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PullProgressTest {
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final PullProgress progress = new PullProgress(() -> now);

  private static Descriptor layer(String content, long size) {
    return new Descriptor("", Digest.sha256(content.getBytes(UTF_8)), size);
  }

  private void at(int second, Descriptor layer, long bytes) {
    now = Instant.EPOCH.plusSeconds(second);
    progress.downloading(layer, bytes);
  }

  @Test
  void tellsLessAndLessOften() {
    progress.add((bytes, total) -> told.add(now.getEpochSecond() + " " + bytes + "/" + total));
    Descriptor first = layer("first", 100);
    Descriptor second = layer("second", 1000);
    Descriptor third = layer("third", 10_000);
    progress.found(Digest.sha256(new byte[0]), List.of(first, second, third));
    progress.here(first);
    at(9, second, 10);
    at(10, second, 20);
    at(11, third, 200);
    at(19, second, 30);
    at(20, second, 40);
    at(39, third, 300);
    at(41, third, 400);
    assertThat(told).containsExactly("10 120/11100", "20 340/11100", "41 540/11100");
  }

  @Test
  void beginsAnewWithAnotherSource() {
    progress.add((bytes, total) -> told.add(bytes + "/" + total));
    Descriptor layer = layer("layer", 100);
    progress.found(Digest.sha256(new byte[0]), List.of(layer, layer("other", 50)));
    at(1, layer("other", 50), 50);
    progress.found(Digest.sha256(new byte[0]), List.of(layer));
    at(12, layer, 60);
    assertThat(told).containsExactly("60/100");
  }
}
