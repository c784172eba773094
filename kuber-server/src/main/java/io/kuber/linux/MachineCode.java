package io.kuber.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallContextCache;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.util.HexFormat;

/**
 * The machine code that executes an {@link EncodedProgram}, for x86-64.
 *
 * <p>The interpreter is position independent and touches neither stack nor thread state after its
 * first two instructions, because it also runs in a child that shares this process's memory and the
 * calling thread's stack until it executes something else.
 */
final class MachineCode {
  /** Where the code of a child process maps its program, and how large the mapping is. */
  static final long PROGRAM_ADDRESS = 0x1000_0000L;

  static final int PROGRAM_BYTES = 1 << 20;

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int PROT_EXEC = 4;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

  /**
   * Maps the program from descriptor 3 and interprets it. When that comes back, interprets what the
   * program's second word points to, if anything, and exits with 126 when that comes back as well.
   */
  private static final String START_X86_64 =
      "b809000000" // mov eax,0x9
          + "bf00000010" // mov edi,0x10000000
          + "be00001000" // mov esi,0x100000
          + "ba03000000" // mov edx,0x3
          + "41ba11000000" // mov r10d,0x11
          + "41b803000000" // mov r8d,0x3
          + "4531c9" // xor r9d,r9d
          + "0f05" // syscall
          + "483d00000010" // cmp rax,0x10000000
          + "751a" // jne bad
          + "4889c7" // mov rdi,rax
          + "e81e000000" // call interp
          + "488b3c2508000010" // mov rdi,[0x10000008]
          + "4885ff" // test rdi,rdi
          + "7405" // je bad
          + "e80c000000" // call interp
          // bad:
          + "bf7e000000" // mov edi,0x7e
          + "b8e7000000" // mov eax,0xe7
          + "0f05"; // syscall

  /**
   * The interpreter: a function of the program's address. rbx is the current step, r12 the program.
   */
  private static final String INTERPRETER_X86_64 =
      "53" // push rbx
          + "4154" // push r12
          + "4989fc" // mov r12,rdi
          + "488d5f10" // lea rbx,[rdi+0x10]
          // loop:
          + "488b03" // mov rax,[rbx]
          + "4885c0" // test rax,rax
          + "7873" // js out
          + "488b7b08" // mov rdi,[rbx+0x8]
          + "488b7310" // mov rsi,[rbx+0x10]
          + "488b5318" // mov rdx,[rbx+0x18]
          + "4c8b5320" // mov r10,[rbx+0x20]
          + "4c8b4328" // mov r8,[rbx+0x28]
          + "4c8b4b30" // mov r9,[rbx+0x30]
          + "0f05" // syscall
          + "48894348" // mov [rbx+0x48],rax
          + "488b5340" // mov rdx,[rbx+0x40]
          + "488b4b38" // mov rcx,[rbx+0x38]
          + "4885c9" // test rcx,rcx
          + "7411" // je nostore
          // store:
          + "488b31" // mov rsi,[rcx]
          + "4885f6" // test rsi,rsi
          + "7409" // je nostore
          + "488906" // mov [rsi],rax
          + "4883c108" // add rcx,0x8
          + "ebef" // jmp store
          // nostore:
          + "4885c0" // test rax,rax
          + "7812" // js err
          + "740a" // je next
          + "f6c202" // test dl,0x2
          + "752b" // jne out
          + "f6c208" // test dl,0x8
          + "751b" // jne exit0
          // next:
          + "4883c350" // add rbx,0x50
          + "eba5" // jmp loop
          // err:
          + "f6c201" // test dl,0x1
          + "75f5" // jne next
          + "49891c24" // mov [r12],rbx
          + "f6c204" // test dl,0x4
          + "7412" // je out
          + "bf7f000000" // mov edi,0x7f
          + "eb02" // jmp doexit
          // exit0:
          + "31ff" // xor edi,edi
          // doexit:
          + "b8e7000000" // mov eax,0xe7
          + "0f05" // syscall
          + "0f0b" // ud2
          // out:
          + "415c" // pop r12
          + "5b" // pop rbx
          + "c3"; // ret

  private MachineCode() {}

  /** The code of a process of its own: descriptor 3 is the program. */
  static byte[] process() {
    requireX86();
    return HexFormat.of().parseHex(START_X86_64 + INTERPRETER_X86_64);
  }

  /** Executes a program at an address of this process, on the calling thread. */
  static void interpret(long program) {
    Interpreter.INVOKER.invokeL1(
        Interpreter.FUNCTION.getCallContext(), Interpreter.FUNCTION.getFunctionAddress(), program);
  }

  private static void requireX86() {
    if (Architecture.host() != Architecture.X86_64) {
      throw new UnsupportedOperationException(
          "containers are started by machine code that exists for x86-64 only; "
              + "aarch64 is not supported yet");
    }
  }

  /** The interpreter in executable memory of this process, for as long as the process lives. */
  private static final class Interpreter {
    static final Invoker INVOKER = Invoker.getInstance();
    static final Function FUNCTION = load();

    private static Function load() {
      requireX86();
      byte[] code = HexFormat.of().parseHex(INTERPRETER_X86_64);
      long address =
          mapped(Call.MMAP, 0, code.length, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
      MemoryIO.getInstance().putByteArray(address, code, 0, code.length);
      mapped(Call.MPROTECT, address, code.length, PROT_READ | PROT_EXEC);
      CallContext signature =
          CallContextCache.getInstance()
              .getCallContext(
                  Type.SLONG_LONG, new Type[] {Type.SLONG_LONG}, CallingConvention.DEFAULT, false);
      return new Function(address, signature);
    }

    private static long mapped(Call call, long... arguments) {
      long result = Kernel.tryCall(call, arguments);
      if (result < 0) {
        throw SyscallException.of(call, result, "the interpreter of syscall programs");
      }
      return result;
    }
  }
}
