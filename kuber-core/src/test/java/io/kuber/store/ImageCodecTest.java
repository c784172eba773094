package io.kuber.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ImageCodecTest {
  @Test
  void readsImageAndWhatStandsBeside() throws IOException {
    TreeImage image = random(300);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageCodec.write(image, new byte[] {1, 2, 3}, Sealing.NONE, out);
    ImageCodec.Saved saved =
        ImageCodec.readSaved(new ByteArrayInputStream(out.toByteArray()), Sealing.NONE);
    assertThat(saved.image().revision()).isEqualTo(image.revision());
    assertThat(saved.image().digest()).isEqualTo(image.digest());
    assertThat(saved.beside()).containsExactly(1, 2, 3);
  }

  @Test
  void readsTheVersionBefore() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x4b55424552494d47L);
    out.writeInt(1);
    out.writeLong(9);
    out.writeInt(1);
    ImageCodec.writeStored(new Stored(key(1), 7, "{}".getBytes(UTF_8)), Sealing.NONE, out);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.toByteArray());
    out.writeLong(checksum.getValue());
    TreeImage image = ImageCodec.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(image.revision()).isEqualTo(9);
    assertThat(image.get(key(1))).isNotNull().extracting(Stored::revision).isEqualTo(7L);
  }

  @Test
  void findsEveryFlippedBit() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageCodec.write(random(5), new byte[0], Sealing.NONE, out);
    byte[] bytes = out.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 16;
      assertThatThrownBy(() -> ImageCodec.read(new ByteArrayInputStream(bytes)))
          .as("byte " + i)
          .isInstanceOf(IOException.class);
      bytes[i] ^= 16;
    }
  }

  @Test
  void theDigestIsTheSameWhicheverWayAnImageCameAbout() {
    TreeImage image = random(200);
    TreeImage again = TreeImage.EMPTY;
    for (var all = image.all(); all.hasNext(); ) {
      again = again.withAll(List.of(all.next()));
    }
    assertThat(again.digest()).isEqualTo(image.digest());
    TreeImage other = again.withAll(List.of(new Stored(key(500), 3, new byte[1])));
    assertThat(other.digest()).isNotEqualTo(image.digest());
    assertThat(TreeImage.EMPTY.digest()).isEqualTo(Digest.NONE);
  }

  private static TreeImage random(int steps) {
    Random random = new Random(5);
    TreeImage image = TreeImage.EMPTY;
    for (int i = 0; i < steps; i++) {
      Key key = key(random.nextInt(20));
      Stored current = image.get(key);
      long expected = current == null ? 0 : current.revision();
      byte[] value = ("{\"i\":" + i + "}").getBytes(UTF_8);
      Command command =
          random.nextInt(4) == 0
              ? new Command.Delete(key, expected, value)
              : new Command.Put(key, expected, value);
      image = StoreMachine.apply(image, command).image();
    }
    return image;
  }

  private static Key key(int number) {
    return new Key("pods", "default", "pod-" + number);
  }
}
