package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.raft.Changes.Step;
import io.kuber.raft.Changes.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.LogInfoProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Test;

class AddingTest {
  private static final Member LEADER = member("1", "a", "127.0.0.1:1001");
  private static final Member NEWCOMER = member("2", "b", "127.0.0.1:1002");
  private static final Member MOVED = member("2", "b", "127.0.0.1:1003");
  private static final long NEWEST = 10_000;

  private final Adding adding = new Adding(Peers.of(NEWCOMER));

  @Test
  void asksForTheMemberAndWaitsUntilItHasCaughtUp() {
    assertThat(adding.next(view(0))).isInstanceOf(Step.SetMembers.class);
    assertThat(adding.next(view(0))).as("asked in vain").isInstanceOf(Step.SetMembers.class);
    assertThat(adding.next(view(0, NEWCOMER))).isInstanceOf(Step.Wait.class);
    assertThat(adding.next(view(NEWEST, NEWCOMER))).isInstanceOf(Step.Done.class);
  }

  @Test
  void movesAMemberThatIsKnownUnderAnotherAddress() {
    assertThat(adding.next(view(NEWEST, MOVED)))
        .isInstanceOfSatisfying(
            Step.SetMembers.class,
            step ->
                assertThat(step.wanted())
                    .extracting(Peers::member)
                    .containsExactlyInAnyOrder(LEADER, NEWCOMER));
    assertThat(adding.next(view(NEWEST, MOVED))).isInstanceOf(Step.SetMembers.class);
    assertThat(adding.next(view(NEWEST, NEWCOMER))).isInstanceOf(Step.Done.class);
  }

  @Test
  void leavesANewcomerTheAddressThatItHasGivenItself() {
    assertThat(adding.next(view(0))).isInstanceOf(Step.SetMembers.class);
    assertThat(adding.next(view(0, MOVED))).isInstanceOf(Step.Wait.class);
    assertThat(adding.next(view(NEWEST, MOVED))).isInstanceOf(Step.Done.class);
  }

  @Test
  void refusesANameThatAnotherHas() {
    assertThatThrownBy(() -> adding.next(view(0, member("3", "b", "127.0.0.1:1004"))))
        .isInstanceOf(MembershipException.class)
        .hasMessageContaining("a server named b is a member already");
  }

  /** What the leader says that is a member beside {@code others}, who have {@code committed}. */
  private static View view(long committed, Member... others) {
    List<RaftPeer> peers =
        Stream.concat(Stream.of(LEADER), Stream.of(others)).map(Peers::of).toList();
    RaftGroup group = RaftGroup.valueOf(RaftGroupId.randomId(), peers);
    List<CommitInfoProto> commits =
        Stream.of(Map.entry(LEADER, NEWEST), Map.entry(NEWCOMER, committed))
            .map(
                each ->
                    CommitInfoProto.newBuilder()
                        .setServer(Peers.of(each.getKey()).getRaftPeerProto())
                        .setCommitIndex(each.getValue())
                        .build())
            .toList();
    GroupInfoReply info =
        new GroupInfoReply(
            ClientId.randomId(),
            RaftPeerId.valueOf(LEADER.id()),
            group.getGroupId(),
            1,
            commits,
            group,
            RoleInfoProto.getDefaultInstance(),
            true,
            null,
            LogInfoProto.getDefaultInstance());
    return new View(RaftPeerId.valueOf(LEADER.id()), peers, info);
  }

  private static Member member(String id, String name, String address) {
    return new Member(id, name, address, "127.0.0.1:6443");
  }
}
