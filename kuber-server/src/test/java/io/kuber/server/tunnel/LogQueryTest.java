package io.kuber.server.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.LogOptions;
import io.kuber.http.Query;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WIRE 1.8: what the query of a log asks for; how the log is then read, LogTest says. */
class LogQueryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static LogOptions options(String query) {
    return LogQuery.options(Query.parse(query), () -> NOW);
  }

  @Test
  void asksForAllUnlessItSaysMore() {
    assertThat(options("container=c")).isEqualTo(LogOptions.ALL);
  }

  @Test
  void readsEveryOption() {
    assertThat(
            options(
                "follow=true&previous=true&timestamps=true&sinceSeconds=60&tailLines=0"
                    + "&limitBytes=10"))
        .isEqualTo(
            new LogOptions(
                true,
                true,
                true,
                Optional.of(NOW.minusSeconds(60)),
                OptionalLong.of(0),
                OptionalLong.of(10)));
    assertThat(options("sinceTime=2025-12-31T23:00:00%2B01:00").since())
        .contains(Instant.parse("2025-12-31T22:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z|at most one of sinceTime or sinceSeconds",
        "sinceTime=yesterday|sinceTime",
        "sinceSeconds=0|sinceSeconds",
        "tailLines=-1|tailLines",
        "limitBytes=0|limitBytes",
        "limitBytes=many|limitBytes",
      })
  void refusesWhatMakesNoSense(String query, String message) {
    assertThatThrownBy(() -> options(query))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(message);
  }
}
