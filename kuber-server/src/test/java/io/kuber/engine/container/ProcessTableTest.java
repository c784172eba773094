package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTableTest {
  @Test
  void showsAProcessWhoseNameHasBrackets() {
    String stat = "42 (a) b) S 7 42 42 0 -1 4194560 1 0 0 0 360000 6500 0 0 20 0 1 0 99 1 1";
    assertThat(ProcessTable.row(stat, "sh\0-c\0x\0", "1000").orElseThrow().texts())
        .containsExactly("1000", "42", "7", "0", "-", "?", "01:01:05", "sh -c x");
    assertThat(ProcessTable.row("", "", "0")).isEmpty();
  }
}
