package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertaintyTest {
  private static final Key THERE = new Key("pods", "default", "there");
  private static final TreeImage IMAGE =
      TreeImage.EMPTY.at(10).withAll(List.of(new Stored(THERE, 7, new byte[0])));

  /** The image is at revision 10; the object that is there was written at 7. */
  @ParameterizedTest
  @CsvSource({
    "there, 7, false, false",
    "there, 6, true, true",
    "there, 8, true, true",
    "there, 11, false, true",
    "there, 0, false, true",
    "gone, 0, false, false",
    "gone, 9, true, true",
    "gone, 11, false, true",
  })
  void refusesEarlyOnlyWhatIsCertain(
      String name, long expected, boolean certain, boolean certainAlone) {
    Command put = new Command.Put(new Key("pods", "default", name), expected, new byte[0]);
    assertThat(Certainty.conflict(IMAGE, put, false).isPresent()).isEqualTo(certain);
    assertThat(Certainty.conflict(IMAGE, put, true).isPresent()).isEqualTo(certainAlone);
  }
}
