import { vi } from 'vitest'
import { main } from '../src/cli/index.ts'

/** Runs the command line in this process and catches what it prints. */
export async function runCli(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const catching = (lines: string[]) => (text: unknown) => lines.push(String(text)) > 0
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(catching(out)),
    vi.spyOn(process.stderr, 'write').mockImplementation(catching(err)),
  ]
  try {
    return { status: await main(args), out: out.join(''), err: err.join('') }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
