import { describe } from 'vitest'
import { columnLaws } from './contract/column-laws.ts'
import { encoderLaws } from './contract/encoder-laws.ts'
import { explanationLaws } from './contract/explanation-laws.ts'
import { facetLaws } from './contract/facet-laws.ts'
import { filterLaws } from './contract/filter-laws.ts'
import type { OpenHarness } from './contract/harness.ts'
import { heldLaws } from './contract/held-laws.ts'
import { hybridLaws } from './contract/hybrid-laws.ts'
import { orderLaws } from './contract/order-laws.ts'
import { restartLaws } from './contract/restart-laws.ts'
import { vectorLaws } from './contract/vector-laws.ts'
import { vectorRestartLaws } from './contract/vector-restart-laws.ts'
import { versionLaws } from './contract/version-laws.ts'
import { visibilityLaws } from './contract/visibility-laws.ts'
import { vocabularyLaws } from './contract/vocabulary-laws.ts'

/** Every law of the product index's port, one test each. Nothing is known of the adapter. */
export function productIndexContract(openHarness: OpenHarness): void {
  describe('versions', () => versionLaws(openHarness))
  describe('held versions', () => heldLaws(openHarness))
  describe('visibility', () => visibilityLaws(openHarness))
  describe('columns', () => columnLaws(openHarness))
  describe('filters', () => filterLaws(openHarness))
  describe('facets', () => facetLaws(openHarness))
  describe('order', () => orderLaws(openHarness))
  describe('explanation', () => explanationLaws(openHarness))
  describe('restart', () => restartLaws(openHarness))
  describe('vectors', () => vectorLaws(openHarness))
  describe('encoders', () => encoderLaws(openHarness))
  describe('vectors over a restart', () => vectorRestartLaws(openHarness))
  describe('words and meaning', () => hybridLaws(openHarness))
  describe('vocabulary', () => vocabularyLaws(openHarness))
}
