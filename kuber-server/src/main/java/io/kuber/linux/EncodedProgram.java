package io.kuber.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program as the interpreter reads it from memory, and what it wrote there when it ran.
 *
 * <p>Layout, all little-endian 8-byte words: the address of the step that failed, or 0; for a
 * program with a keeper, where that goes on, less the size of this header; then per step 80 bytes:
 * call number, six arguments, address of a zero-terminated list of addresses that receive the
 * result, {@link Program.Then} bits, result. A negative call number ends the program.
 */
final class EncodedProgram {
  static final int HEADER_BYTES = 16;
  static final int STEP_BYTES = 80;
  private static final int ARGUMENTS = 8;
  private static final int RECEIVERS = 56;
  private static final int THEN = 64;
  private static final int RESULT = 72;
  private static final long END = -1;

  private final Memory memory;
  private final List<Program.Step> steps;
  private final long start;
  private final IdentityHashMap<Argument, Long> buffers = new IdentityHashMap<>();
  private final Map<String, Long> texts = new HashMap<>();
  private final Map<Integer, List<Long>> receivers = new HashMap<>();

  /** Writes the program into memory. */
  EncodedProgram(Program program, Memory memory) {
    this.memory = memory;
    this.steps = program.steps();
    this.start = memory.space(HEADER_BYTES + STEP_BYTES * (steps.size() + 1));
    for (int i = 0; i < steps.size(); i++) {
      write(steps.get(i), stepAddress(i));
    }
    memory.putLong(stepAddress(steps.size()), END);
    program
        .keeperStart()
        .ifPresent(step -> memory.putLong(start + 8, stepAddress(step) - HEADER_BYTES));
    receivers.forEach(this::writeReceivers);
  }

  private void write(Program.Step step, long address) {
    memory.putLong(address, step.call().number());
    memory.putLong(address + THEN, step.then().bits);
    long place = address + ARGUMENTS;
    for (Argument argument : step.arguments()) {
      put(argument, place);
      place += Long.BYTES;
    }
  }

  /**
   * Writes an argument's value to a place; the content it points to goes wherever there is room.
   */
  private void put(Argument argument, long place) {
    if (argument instanceof Argument.Value number) {
      memory.putLong(place, number.value());
    } else if (argument instanceof Argument.Inherited inherited) {
      memory.putLong(place, inherited.descriptor());
    } else if (argument instanceof Argument.Text text) {
      memory.putLong(place, texts.computeIfAbsent(text.value(), memory::string));
    } else if (argument instanceof Argument.Buffer buffer) {
      memory.putLong(
          place, buffers.computeIfAbsent(buffer, unused -> memory.bytes(buffer.content())));
    } else if (argument instanceof Argument.Words words) {
      memory.putLong(place, writeWords(words));
    } else if (argument instanceof Argument.Result result) {
      memory.putLong(place, -1);
      receivers.computeIfAbsent(result.step(), unused -> new ArrayList<>()).add(place);
    }
  }

  private long writeWords(Argument.Words words) {
    long address = memory.space(Long.BYTES * words.words().size());
    for (int i = 0; i < words.words().size(); i++) {
      put(words.words().get(i), address + (long) Long.BYTES * i);
    }
    return address;
  }

  private void writeReceivers(int step, List<Long> places) {
    long list = memory.space(Long.BYTES * (places.size() + 1));
    for (int i = 0; i < places.size(); i++) {
      memory.putLong(list + (long) Long.BYTES * i, places.get(i));
    }
    memory.putLong(stepAddress(step) + RECEIVERS, list);
  }

  private long stepAddress(int step) {
    return start + HEADER_BYTES + (long) STEP_BYTES * step;
  }

  /** Where the program begins, as its interpreter sees it. */
  long start() {
    return start;
  }

  /** What a step returned when it ran. */
  long result(Argument.Result step) {
    return memory.getLong(stepAddress(step.step()) + RESULT);
  }

  /** The first four bytes of a buffer, as a number. */
  int read(Argument.Buffer buffer) {
    Long address = buffers.get(buffer);
    if (address == null) {
      throw new IllegalArgumentException("the program has no such buffer");
    }
    return memory.getInt(address);
  }

  /** The failure that ended the program, if one did. */
  Optional<SyscallException> failure() {
    long failed = memory.getLong(start);
    if (failed == 0) {
      return Optional.empty();
    }
    int step = (int) ((failed - start - HEADER_BYTES) / STEP_BYTES);
    int errno = (int) -result(new Argument.Result(step));
    return Optional.of(new SyscallException(steps.get(step).toString(), errno));
  }
}
