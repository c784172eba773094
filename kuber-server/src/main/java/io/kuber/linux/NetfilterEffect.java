package io.kuber.linux;

import static io.kuber.linux.NetfilterExpression.register;

/** Steps that do something with a packet: mark, translate, refuse it, or say where it goes on. */
public final class NetfilterEffect {
  static final int VERDICT_GOTO = -4;

  private static final int VERDICT_DROP = 0;
  private static final int VERDICT_ACCEPT = 1;
  private static final int VERDICT_JUMP = -3;
  private static final int VERDICT_RETURN = -5;
  private static final int DATA_VERDICT = 2;
  private static final int VERDICT_CODE = 1;
  private static final int VERDICT_CHAIN = 2;
  private static final int REGISTER_VERDICT = 0;
  private static final int META_MARK = 3;
  private static final int IPV4_FAMILY = 2;

  private NetfilterEffect() {}

  /** Writes a register into the packet's mark. */
  public static NetfilterExpression setMark(int from) {
    return new NetfilterExpression("meta", out -> out.big32(2, META_MARK).big32(3, register(from)));
  }

  /** Goes through another chain and comes back. */
  public static NetfilterExpression jump(String chain) {
    return verdict(VERDICT_JUMP, chain);
  }

  /** Goes through another chain, and from its end to where this one would have come back to. */
  public static NetfilterExpression goTo(String chain) {
    return verdict(VERDICT_GOTO, chain);
  }

  /** Leaves the chain, to where it was jumped to from. */
  public static NetfilterExpression leave() {
    return verdict(VERDICT_RETURN, "");
  }

  public static NetfilterExpression drop() {
    return verdict(VERDICT_DROP, "");
  }

  public static NetfilterExpression accept() {
    return verdict(VERDICT_ACCEPT, "");
  }

  private static NetfilterExpression verdict(int code, String chain) {
    return new NetfilterExpression(
        "immediate",
        out -> out.big32(1, REGISTER_VERDICT).nest(2, data -> writeVerdict(data, code, chain)));
  }

  static void writeVerdict(NetlinkWriter data, int code, String chain) {
    data.nest(
        DATA_VERDICT,
        verdict -> {
          verdict.big32(VERDICT_CODE, code);
          if (!chain.isEmpty()) {
            verdict.string(VERDICT_CHAIN, chain);
          }
        });
  }

  /** Sends the connection to the address and the port in two registers. */
  public static NetfilterExpression translateDestination(int address, int port) {
    int destination = 1;
    int portGiven = 2;
    return new NetfilterExpression(
        "nat",
        out ->
            out.big32(1, destination)
                .big32(2, IPV4_FAMILY)
                .big32(3, register(address))
                .big32(5, register(port))
                .big32(7, portGiven));
  }

  /** Makes the connection look as if it came from this machine. */
  public static NetfilterExpression masquerade() {
    int fullyRandomPort = 0x10;
    return new NetfilterExpression("masq", out -> out.big32(1, fullyRandomPort));
  }

  /** Refuses a TCP connection with a reset. */
  public static NetfilterExpression rejectWithReset() {
    int reset = 1;
    return new NetfilterExpression("reject", out -> out.big32(1, reset).u8(2, 0));
  }

  /** Refuses with ICMP "port unreachable". */
  public static NetfilterExpression rejectPortUnreachable() {
    int icmp = 0;
    int portUnreachable = 3;
    return new NetfilterExpression("reject", out -> out.big32(1, icmp).u8(2, portUnreachable));
  }
}
