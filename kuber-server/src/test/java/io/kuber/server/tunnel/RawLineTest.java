package io.kuber.server.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.http.ErrorShape;
import io.kuber.http.Headers;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lines between clients and others that do not come about. */
final class RawLineTest {
  private final CountDownLatch closed = new CountDownLatch(2);

  @Test
  void letsGoOfTheOtherSideWhenTheClientIsGoneBeforeItIsAnswered() throws Exception {
    InputStream from =
        new ByteArrayInputStream(new byte[1]) {
          @Override
          public void close() {
            closed.countDown();
          }
        };
    OutputStream to =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.countDown();
          }
        };
    RecordedExchange gone = new RecordedExchange(Request.of("GET", "/"), ErrorShape.TEXT);
    try (SessionThreads threads = new SessionThreads(1)) {
      RawLine line = new RawLine(gone, threads);

      assertThatThrownBy(() -> line.run(Headers.EMPTY, from, to))
          .isInstanceOf(UnsupportedOperationException.class);

      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
