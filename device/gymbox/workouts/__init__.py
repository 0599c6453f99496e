"""workouts"""
