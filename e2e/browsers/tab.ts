/** A page in some browser: as much of one as the core of the tests needs. */
export type Tab = {
  open(address: string): Promise<void>
  /** Evaluates an expression in the page. @returns its value, or what it promises: text. */
  evaluate(expression: string): Promise<string>
  /** A key of the computer goes down or up, by the character on it. */
  key(direction: 'down' | 'up', character: string): Promise<void>
  /** Clicks at a place of the page, in CSS pixels. */
  click(x: number, y: number): Promise<void>
  /** Gives the page another size, in CSS pixels. */
  resize(width: number, height: number): Promise<void>
  /** A picture of the page as PNG, in base64. */
  picture(): Promise<string>
  close(): Promise<void>
}

/** A browser that is running. */
export type RunningBrowser = {
  /** Opens a page of 1280 by 720. */
  newTab(): Promise<Tab>
  close(): Promise<void>
}
