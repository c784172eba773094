package io.kuber.raft;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Executor;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallExecutorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets entries that a leader sends be taken by the thread that reads them from the connection,
 * which saves every write a change of threads. Taking them puts them before the thread that writes
 * the log, and waits only when that one is 4,096 entries behind. All other calls, which may write
 * to the disk themselves, go to gRPC's threads.
 */
final class AppendingInPlace implements ServerCallExecutorSupplier {
  private static final String APPEND =
      RaftServerProtocolServiceGrpc.getAppendEntriesMethod().getFullMethodName();

  /** The executor of a call; null is gRPC's own. */
  @Override
  public <Q, A> @Nullable Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
    return call.getMethodDescriptor().getFullMethodName().equals(APPEND)
        ? MoreExecutors.directExecutor()
        : null;
  }
}
