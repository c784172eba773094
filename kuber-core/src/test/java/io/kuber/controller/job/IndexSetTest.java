package io.kuber.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexSetTest {
  @ParameterizedTest(name = "{0} reads as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''      | ''    | 0",
        "3       | 3     | 1",
        "0,1     | 0,1   | 2",
        "0-2     | 0-2   | 3",
        "0,1,2   | 0-2   | 3",
        "1,3-5,7 | 1,3-5,7 | 5",
        "8-12    | 8,9   | 2",
        "12      | ''    | 0",
        "x,2     | 2     | 1"
      })
  void keepsTheTextFormOfKubernetes(String text, String canonical, long size) {
    IndexSet set = IndexSet.parse(text, 10);
    assertThat(set).hasToString(canonical);
    assertThat(set.size()).isEqualTo(size);
  }

  @ParameterizedTest(name = "of {0} below {2} are missing first: {3}")
  @CsvSource(
      delimiter = '|',
      value = {"'' | 2 | 5 | 0,1", "0-2,4 | 5 | 6 | 3,5", "0-5 | 1 | 6 | ''", "0 | 9 | 0 | ''"})
  void findsTheLowestThatAreMissing(String text, long count, long bound, String missing) {
    List<Long> found = IndexSet.parse(text, 10).lowestMissing(count, bound);
    assertThat(IndexSet.of(found)).hasToString(missing);
  }
}
