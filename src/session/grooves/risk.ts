/** The words by which ML-Jam tells the risk of a temperature. */
export function riskOf(temperature: number): string {
  return risks.find(([most]) => temperature <= most)?.[1] ?? 'madness'
}

const risks: readonly (readonly [number, string])[] = [
  [0.3, 'safe'],
  [0.7, 'careful'],
  [1.1, 'natural'],
  [1.6, 'daring'],
  [2.5, 'wild'],
]
