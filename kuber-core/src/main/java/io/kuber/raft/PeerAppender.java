package io.kuber.raft;

import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the log of a leader to one other member, tells it at once what is committed, and finds out
 * what that has when its answers were lost.
 *
 * <p>Ratis 3.3.0 tells a member what is committed with the next entry, or else with the next
 * heartbeat: whoever writes through a server that follows, or watches there, would wait half a
 * second when nobody else writes. Here the news is a message of its own when there is no entry to
 * go with.
 *
 * <p>When a connection breaks, Ratis 3.3.0 forgets which entries were on the way ({@code
 * GrpcLogAppender.resetClient}, since RATIS-1835). A member that has got them takes the heartbeats
 * that follow, and heartbeats acknowledge nothing. So those entries stay unacknowledged until one
 * more is written, which a leader does not allow before its first entry counts, and which nobody
 * needs who waits for a newcomer. Here, when a heartbeat is due and no answer is awaited, what the
 * member has committed counts as acknowledged, since committed entries are the same everywhere; and
 * the last entry is sent again where it is not among them. Whoever has it acknowledges all before
 * it as well, and whoever lacks it says so.
 *
 * <p>All of it happens on the thread that sends to this member.
 */
final class PeerAppender extends GrpcLogAppender {
  /** The last entry that this member was told is committed. */
  private long told = RaftLog.INVALID_LOG_INDEX;

  PeerAppender(RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
    super(server, leader, follower);
  }

  @Override
  public boolean shouldSendAppendEntries() {
    if (getHeartbeatWaitTimeMs() <= 0 && !hasPendingDataRequests()) {
      FollowerInfo follower = getFollower();
      if (follower.updateMatchIndex(follower.getCommitIndex())) {
        getLeaderState().onFollowerSuccessAppendEntries(follower);
      }
      follower.computeNextIndex(this::next);
    }
    return super.shouldSendAppendEntries();
  }

  /**
   * How long nothing has to be done unless a signal comes. Without entries that is the time until
   * the next heartbeat; Ratis asks again and again, without a pause, while a connection is to be
   * opened anew.
   */
  @Override
  public long getWaitTimeMs() {
    return hasAppendEntries() ? super.getWaitTimeMs() : getHeartbeatWaitTimeMs();
  }

  /**
   * What to send now; null when that is nothing. Asked when entries, news or a heartbeat are due.
   */
  @Override
  public @Nullable AppendEntriesRequestProto newAppendEntriesRequest(long call, boolean heartbeat)
      throws RaftLogIOException {
    boolean news =
        isNews(
            getRaftLog().getLastCommittedIndex(),
            told,
            hasAppendEntries() || hasPendingDataRequests());
    AppendEntriesRequestProto request = super.newAppendEntriesRequest(call, heartbeat || news);
    if (request != null && (request.hasPreviousLog() || request.getEntriesCount() > 0)) {
      told = request.getLeaderCommit();
    }
    return request;
  }

  /**
   * Whether a member is to be told at once what is committed. Not while entries are on their way to
   * it: they carry the news, or their answers are the time for it, since a member that may lack
   * entries does not believe what is said of them.
   *
   * @param committed the last entry that is committed
   * @param told the last one that the member was told of
   * @param busy whether entries are to be sent or not answered yet
   */
  static boolean isNews(long committed, long told, boolean busy) {
    return committed > told && !busy;
  }

  private long next(long next) {
    return next(
        next,
        getFollower().getMatchIndex(),
        getRaftLog().getStartIndex(),
        getRaftLog().getNextIndex());
  }

  /**
   * What to send next to a member for which nothing is on the way: nothing that it has, and the
   * last entry again when all of them were sent and that one was not acknowledged.
   *
   * @param next the index of the entry that would be sent next
   * @param acknowledged the last entry that the member is known to have, -1 if none is
   * @param first the first entry in the log
   * @param end the index behind the last entry in the log
   */
  static long next(long next, long acknowledged, long first, long end) {
    long last = end - 1;
    return next == end && acknowledged < last && last >= first
        ? last
        : Math.max(next, acknowledged + 1);
  }
}
