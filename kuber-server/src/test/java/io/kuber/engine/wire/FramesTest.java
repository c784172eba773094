package io.kuber.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void carriesTwoStreamsOnOneConnection() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    Frames.stream(wire, Frames.STDOUT).write("out".getBytes(UTF_8));
    Frames.stream(wire, Frames.STDERR).write("err".getBytes(UTF_8));
    assertThat(Arrays.copyOf(wire.toByteArray(), 11))
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 3, 'o', 'u', 't');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Frames.copy(new ByteArrayInputStream(wire.toByteArray()), out, err);
    assertThat(out).hasToString("out");
    assertThat(err).hasToString("err");
  }

  @Test
  void refusesWhatIsCutOffOrNoFrame() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    for (byte[] cut : new byte[][] {{1, 0, 0}, {1, 0, 0, 0, 0, 0, 0, 2, 'x'}}) {
      assertThatThrownBy(() -> Frames.copy(new ByteArrayInputStream(cut), nowhere, nowhere))
          .isInstanceOf(EOFException.class);
    }
    byte[] text = "plain text".getBytes(UTF_8);
    assertThatThrownBy(() -> Frames.copy(new ByteArrayInputStream(text), nowhere, nowhere))
        .hasMessageContaining("unrecognized stream");
  }
}
