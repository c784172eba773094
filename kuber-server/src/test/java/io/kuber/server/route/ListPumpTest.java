package io.kuber.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.SimulatedLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ListPumpTest {
  private static final int CHUNK = 1000;
  private static final int ROOM = 10 * CHUNK;

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final SlowStream client = new SlowStream(ROOM);
  private final List<Throwable> failures = new ArrayList<>();

  private void pump(Iterator<byte[]> chunks) {
    new ListPump(chunks, client, loops.loop("list"), failures::add).start();
    loops.settle();
  }

  private static Iterator<byte[]> chunks(int count) {
    return IntStream.range(0, count).mapToObj(i -> new byte[CHUNK]).iterator();
  }

  @Test
  void makesNoMoreThanTheClientTakes() {
    pump(chunks(1000));
    assertThat(client.pendingBytes()).isEqualTo(ROOM);
    client.read();
    loops.settle();
    assertThat(client.pendingBytes()).isEqualTo(ROOM);
    assertThat(client.taken()).isEqualTo(ROOM);
  }

  @Test
  void carriesAllAndEnds() {
    pump(chunks(25));
    for (int i = 0; i < 3; i++) {
      client.read();
      loops.settle();
    }
    assertThat(client.taken()).isEqualTo(25L * CHUNK);
    assertThat(client.isEnded()).isTrue();
    loops.advance(ListPump.PATIENCE.multipliedBy(2));
    assertThat(client.isAborted()).isFalse();
  }

  @Test
  void cutsOffAClientThatTakesNothing() {
    pump(chunks(1000));
    loops.advance(ListPump.PATIENCE.minus(Duration.ofSeconds(1)));
    assertThat(client.isAborted()).isFalse();
    loops.advance(Duration.ofSeconds(2));
    assertThat(client.isAborted()).isTrue();
  }

  @Test
  void hasNewPatienceAfterEachRead() {
    pump(chunks(1000));
    for (int i = 0; i < 5; i++) {
      loops.advance(ListPump.PATIENCE.minus(Duration.ofSeconds(1)));
      client.read();
      loops.settle();
    }
    assertThat(client.isAborted()).isFalse();
  }

  @Test
  void cutsOffAClientThatNeverTakesTheEnd() {
    pump(chunks(2));
    assertThat(client.isEnded()).isTrue();
    loops.advance(ListPump.PATIENCE.plus(Duration.ofSeconds(1)));
    assertThat(client.isAborted()).isTrue();
  }

  @Test
  void tellsWhenAChunkCannotBeMade() {
    IllegalStateException broken = new IllegalStateException("broken");
    pump(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public byte[] next() {
            throw broken;
          }
        });
    assertThat(failures).containsExactly(broken);
  }
}
