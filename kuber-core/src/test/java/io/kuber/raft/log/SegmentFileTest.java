package io.kuber.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {
  private static final int PREALLOCATED = 16_384;
  private static final int HEADER = 8;

  /** Lengths whose digits a single bit makes zero, or many times as large. */
  private static final List<Integer> LENGTHS = List.of(64, 128, 200, 447, 1_024, 3_000, 130, 64);

  @TempDir Path directory;

  private final ByteBuffer content = ByteBuffer.allocate(PREALLOCATED);
  private final List<Integer> starts = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    Random random = new Random(3);
    file = directory.resolve("log_inprogress_0");
    content.position(HEADER);
    for (int length : LENGTHS) {
      starts.add(content.position());
      byte[] entry = new byte[length];
      for (int i = 0; i < length; i++) {
        entry[i] = (byte) (1 + random.nextInt(255));
      }
      append(entry);
    }
    Files.write(file, content.array());
  }

  private void append(byte[] entry) {
    int start = content.position();
    int length = entry.length;
    for (; length >= 0x80; length >>>= 7) {
      content.put((byte) (length | 0x80));
    }
    content.put((byte) length).put(entry);
    CRC32C checksum = new CRC32C();
    checksum.update(content.array(), start, content.position() - start);
    content.putInt((int) checksum.getValue());
  }

  private int entries() throws IOException {
    List<Integer> read = new ArrayList<>();
    SegmentFile segment = SegmentFile.of(file);
    segment.repair();
    SegmentFile.of(file).read(entry -> read.add(entry.remaining()));
    return read.size();
  }

  @Test
  void keepsWhatIsWhole() throws IOException {
    assertThat(entries()).isEqualTo(LENGTHS.size());
    assertThat(Files.size(file)).isEqualTo(PREALLOCATED);
  }

  @Test
  void neverCutsAnythingOffBecauseOfAFlippedBit() throws IOException {
    int last = content.position();
    for (int entry = 0; entry < starts.size(); entry++) {
      int start = starts.get(entry);
      int end = entry + 1 < starts.size() ? starts.get(entry + 1) : last;
      for (int position = start; position < end; position += position < start + 5 ? 1 : 37) {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          flip(position, bit);
          assertThatThrownBy(this::entries)
              .as("bit %d of byte %d of entry %d", bit, position - start, entry)
              .isInstanceOf(DamageException.class)
              .hasMessageContaining(file + " is damaged at byte " + start);
        }
      }
    }
  }

  private void flip(int position, int bit) throws IOException {
    byte[] flipped = content.array().clone();
    flipped[position] ^= (byte) (1 << bit);
    Files.write(file, flipped);
  }

  @Test
  void cutsOffAnEntryOfWhichOnlyTheBeginningWasWritten() throws IOException {
    int start = starts.get(5);
    for (int sectors = 1; sectors < 5; sectors++) {
      byte[] torn = content.array().clone();
      Arrays.fill(torn, (start / 512 + sectors) * 512, PREALLOCATED, (byte) 0);
      Files.write(file, torn);
      assertThat(entries()).as("%d sectors", sectors).isEqualTo(5);
      assertThat(Files.size(file)).isEqualTo(start);
    }
  }

  @Test
  void cutsOffAnEntryWithASectorThatWasNotWritten() throws IOException {
    byte[] torn = content.array().clone();
    int sector = (starts.get(5) / 512 + 2) * 512;
    Arrays.fill(torn, sector, sector + 512, (byte) 0);
    Files.write(file, torn);
    assertThat(entries()).isEqualTo(5);
  }

  @Test
  void cutsOffAnEntryAtTheEndOfAFileThatIsNotPreallocated() throws IOException {
    Files.write(file, Arrays.copyOf(content.array(), starts.get(5) + 1_000));
    assertThat(entries()).isEqualTo(5);
  }
}
