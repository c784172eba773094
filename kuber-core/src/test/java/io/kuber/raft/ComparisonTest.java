package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.raft.log.LogEntry.Compare;
import io.kuber.raft.log.LogEntry.Report;
import io.kuber.store.Digest;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final TreeImage IMAGE =
      TreeImage.EMPTY.at(5).withAll(List.of(new Stored(new Key("pods", "", "x"), 5, new byte[0])));
  private static final Digest OTHER = new Digest(1, 1);

  private final Comparison here = new Comparison("here");
  private final Report own = here.begin(new Compare(1, "asker"), IMAGE);

  @Test
  void agreesWhenAllHaveTheSame() {
    assertThat(here.note(own, 3)).isEmpty();
    assertThat(here.note(report("asker", IMAGE.digest()), 3)).isEmpty();
    assertThat(here.note(report("third", IMAGE.digest()), 3)).isEmpty();
  }

  @Test
  void isWrongWhenTheMajorityDiffers() {
    assertThat(here.note(own, 3)).isEmpty();
    assertThat(here.note(report("asker", OTHER), 3)).isEmpty();
    assertThat(here.note(report("third", OTHER), 3))
        .hasValueSatisfying(text -> assertThat(text).contains("here", "at revision 5", OTHER + ""));
  }

  @Test
  void isRightWhenAnotherDiffersFromTheMajority() {
    assertThat(here.note(own, 3)).isEmpty();
    assertThat(here.note(report("asker", OTHER), 3)).isEmpty();
    assertThat(here.note(report("third", IMAGE.digest()), 3)).isEmpty();
  }

  @Test
  void believesWhoAskedWhenThereIsNoMajority() {
    assertThat(here.note(own, 2)).isEmpty();
    assertThat(here.note(report("asker", OTHER), 2)).isPresent();
  }

  @Test
  void ignoresReportsOfAnotherRound() {
    assertThat(here.note(new Report(2, "asker", 5, OTHER), 1)).isEmpty();
    assertThat(new Comparison("new").note(own, 1)).isEmpty();
  }

  private static Report report(String member, Digest digest) {
    return new Report(1, member, 5, digest);
  }
}
